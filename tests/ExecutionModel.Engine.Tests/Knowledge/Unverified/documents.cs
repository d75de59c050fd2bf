// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace QuestPDF.Fluent
{
    public static class GenerateExtensions
    {
        public static object GeneratePdf(this object source, object key) => throw null!;
        public static object GenerateImages(this object source, object key) => throw null!;
        public static object GenerateXps(this object source, object key) => throw null!;
        public static object GenerateSvg(this object source, object key) => throw null!;
    }
}

namespace iText.Html2pdf
{
    public class HtmlConverter
    {
        public static object ConvertToPdf(object key) => throw null!;
        public static object ConvertToDocument(object key) => throw null!;
        public static object ConvertToElements(object key) => throw null!;
    }
}

namespace iText.Kernel.Pdf
{
    public class PdfDocument
    {
        public void Close() => throw null!;
    }
}

namespace PdfSharp.Pdf
{
    public class PdfDocument
    {
        public object Save(object key) => throw null!;
    }
}

namespace DinkToPdf
{
    public class BasicConverter
    {
        public virtual byte[] Convert(object document) => throw null!;
    }
}

namespace ClosedXML.Excel
{
    public class XLWorkbook
    {
        public XLWorkbook() { }
        public XLWorkbook(string file) => throw null!;
        public XLWorkbook(System.IO.Stream stream) => throw null!;
        public object SaveAs(object key) => throw null!;
    }

    public interface IXLColumns
    {
        IXLColumns AdjustToContents();
    }
}

namespace OfficeOpenXml
{
    public class ExcelPackage
    {
        public object Save(object key) => throw null!;
        public object SaveAs(object key) => throw null!;
        public object Load(object key) => throw null!;
        public Task<object> SaveAsync(object key) => throw null!;
        public Task<object> SaveAsAsync(object key) => throw null!;
        public Task<object> LoadAsync(object key) => throw null!;
        public Task<object> GetAsByteArrayAsync(object key) => throw null!;
        public byte[] GetAsByteArray() => throw null!;
    }

    public static class CalculationExtension
    {
        public static object Calculate(this object source, object key) => throw null!;
    }
}

namespace DocumentFormat.OpenXml.Packaging
{
    public class OpenXmlPackage
    {
        public void Save() => throw null!;
    }

    public class WordprocessingDocument : OpenXmlPackage
    {
        public static object Open(object key) => throw null!;
    }

    public class SpreadsheetDocument : OpenXmlPackage
    {
        public static object Open(object key) => throw null!;
    }

    public class PresentationDocument : OpenXmlPackage
    {
        public static object Open(object key) => throw null!;
    }
}

namespace NPOI.XSSF.UserModel
{
    public class XSSFWorkbook
    {
        public XSSFWorkbook() { }
        public XSSFWorkbook(System.IO.Stream stream) => throw null!;
        public object Write(object key) => throw null!;
    }
}
