namespace ExecutionModel.Engine.Tests.Services;

public sealed class ImplementationsTests
{
    private static string Of(string source, string service, string? library = null) => Of(TestProgram.Of(source + " class C { }", library), service);

    private static string Of(TestProgram program, string service) => string.Join(" ", program.Model.Implementations.Of(program.Type(service)).Select(t => t.ToDisplayString()));

    private static string OfField(string source)
    {
        var program = TestProgram.Of(source);
        var field = (Microsoft.CodeAnalysis.IFieldSymbol)program.Type("C").GetMembers("f").Single();
        return string.Join(" ", program.Model.Implementations.Of((Microsoft.CodeAnalysis.INamedTypeSymbol)field.Type).Select(t => t.ToDisplayString()));
    }

    [Fact]
    public void ConcreteClasses_ThroughInterfacesAndBases() => Assert.Equal(
        "A B", Of("interface I { } interface J : I { } abstract class Root : J { } class B : Root { } class A : I { } abstract class Never : I { }", "I"));

    [Fact]
    public void AbstractClass_ItsSubclasses() => Assert.Equal("A", Of("abstract class Root { } class A : Root { }", "Root"));

    [Fact]
    public void InterfaceOfTheFramework_IsAnybodys() => Assert.Equal("", Of("class A : IDisposable { public void Dispose() { } }", "System.IDisposable"));

    [Fact]
    public void ClassesOfAReferencedProject() => Assert.Equal("Lib.A", Of("", "Lib.I", "namespace Lib { public interface I { } public class A : I { } }"));

    [Fact]
    public void InternalClassOfAReferencedProject() => Assert.Equal("Lib.A", Of("", "Lib.I", "namespace Lib { public interface I { } class A : I { } }"));

    [Fact]
    public void OwnClassForTheInterfaceOfAReferencedProject() => Assert.Equal("A", Of("class A : Lib.I { }", "Lib.I", "namespace Lib { public interface I { } }"));

    [Fact]
    public void ClassesOfAReferencedProject_AsSource() => Assert.Equal(
        "Lib.A Lib.Outer.B", Of(TestProgram.Beside("class C { }", "namespace Lib { public interface I { } class A : I { } public class Outer { class B : I { } } }"), "Lib.I"));

    [Theory]
    [InlineData("interface I { } partial class A : I { } partial class A { }", "A")]
    [InlineData("interface I { } partial class A : I { } partial class A : I { }", "A")]
    [InlineData("interface I { } class Outer<T> { class A : I { } } class Outer { class A : I { } }", "Outer.A Outer<T>.A")]
    [InlineData("interface I { } namespace X.Y { class A : I { } namespace Z { class A : I { } } }", "X.Y.A X.Y.Z.A")]
    [InlineData("interface I { } namespace @event { class @class : I { } }", "@event.@class")]
    [InlineData("interface I { } struct S : I { } record R : I; record struct Q : I;", "Q R S")]
    [InlineData("interface I { } namespace Other { interface I { } class A : I { } }", "")]
    public void WhereAndHowAClassIsWritten(string source, string implementations) => Assert.Equal(implementations, Of(source, "I"));

    [Theory]
    [InlineData("A B", "interface I { }", "class A : I { }", "class B : I { }")]
    [InlineData("A A", "interface I { }", "file class A : I { }", "file class A : I { }")]
    [InlineData("A", "interface I { }", "global using Other = I;", "class A : Other { }")]
    [InlineData("A", "interface I { }", "global using Other = X.J;", "namespace X { interface J : I { } }", "class A : Other { }")]
    public void WhereAFileIsWritten(string implementations, params string[] files)
    {
        var program = TestProgram.OfFiles(files);
        Assert.Equal(implementations, string.Join(" ", program.Model.Implementations.Of(program.Type("I")).Select(t => t.Name)));
    }

    [Theory]
    [InlineData("interface I<T> { } class G<T> : I<T> { } class C { I<int> f = null!; }", "G<int>")]
    [InlineData("interface I<T> { } class U : I<string> { } class V : I<int> { } class C { I<int> f = null!; }", "V")]
    [InlineData("interface I<T> { } class G<T> : I<List<T>> { } class C { I<List<int>> f = null!; }", "G<int>")]
    [InlineData("interface I<T> { } class G<T> : I<List<T>> { } class C { I<int> f = null!; }", "")]
    [InlineData("interface I<A, B> { } class G<T> : I<T, T> { } class C { I<int, string> f = null!; }", "")]
    [InlineData("interface I<T> { } class G<T, X> : I<T> { } class C { I<int> f = null!; }", "G<T, X>")]
    [InlineData("abstract class Root<T> { } class V : Root<int> { } class W : Root<string> { } class C { Root<int> f = null!; }", "V")]
    public void ClosedGeneric_WhoCanStandForIt(string source, string implementations) => Assert.Equal(implementations, OfField(source));
}
