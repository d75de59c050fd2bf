// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ZstdSharp
{
    public class Compressor
    {
        public byte[] Wrap(byte[] source) => throw null!;
        public bool TryWrap(byte[] source, byte[] target, out int written) => throw null!;
    }

    public class CompressionStream
    {
        public void Write(byte[] buffer, int offset, int count) => throw null!;
        public Task WriteAsync(byte[] buffer, int offset, int count) => throw null!;
    }
}

namespace ZstdNet
{
    public class Compressor
    {
        public byte[] Wrap(byte[] source) => throw null!;
    }
}
