namespace ExecutionModel.Engine.Tests.Services;

public sealed class ImplementationsTests
{
    private static string Of(string source, string service, string? library = null)
    {
        var program = TestProgram.Of(source + " class C { }", library);
        return string.Join(" ", program.Model.Implementations.Of(program.Type(service)).Select(t => t.ToDisplayString()));
    }

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
