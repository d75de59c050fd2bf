// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace SixLabors.ImageSharp
{
    public class Image
    {
        public static object Load(object key) => throw null!;
        public static object LoadPixelData(object key) => throw null!;
        public static Task<object> LoadAsync(object key) => throw null!;
    }

    public static class ImageExtensions
    {
        public static Task<object> SaveAsBmpAsync(this object source, object key) => throw null!;
        public static object SaveAsBmp(this object source, object key) => throw null!;
        public static Task<object> SaveAsGifAsync(this object source, object key) => throw null!;
        public static object SaveAsGif(this object source, object key) => throw null!;
        public static Task<object> SaveAsJpegAsync(this object source, object key) => throw null!;
        public static object SaveAsJpeg(this object source, object key) => throw null!;
        public static Task<object> SaveAsPngAsync(this object source, object key) => throw null!;
        public static object SaveAsPng(this object source, object key) => throw null!;
        public static Task<object> SaveAsTiffAsync(this object source, object key) => throw null!;
        public static object SaveAsTiff(this object source, object key) => throw null!;
        public static Task<object> SaveAsWebpAsync(this object source, object key) => throw null!;
        public static object SaveAsWebp(this object source, object key) => throw null!;
    }
}

namespace SixLabors.ImageSharp.Processing
{
    public static class ProcessingExtensions
    {
        public static object Mutate(this object source, object key) => throw null!;
        public static object Clone(this object source, object key) => throw null!;
    }
}

namespace SkiaSharp
{
    public class SKBitmap
    {
        public static object Decode(object key) => throw null!;
        public object Resize(object key) => throw null!;
        public object Encode(object key) => throw null!;
        public object ScalePixels(object key) => throw null!;
    }

    public class SKPixmap
    {
        public object Encode(object key) => throw null!;
    }

    public class SKImage
    {
        public object Encode(object key) => throw null!;
    }
}

namespace ImageMagick
{
    public class MagickImage
    {
        public object Read(object key) => throw null!;
        public object Write(object key) => throw null!;
        public object Resize(object key) => throw null!;
        public Task<object> ReadAsync(object key) => throw null!;
        public Task<object> WriteAsync(object key) => throw null!;
    }
}
