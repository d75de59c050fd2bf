// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections;
using System.Collections.Generic;

namespace LanguageExt
{
    public readonly struct Option<A> : IEnumerable<A>
    {
        public IEnumerator<A> GetEnumerator() => throw null!;
        IEnumerator IEnumerable.GetEnumerator() => throw null!;
    }
}
