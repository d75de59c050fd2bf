using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>Which line wins. The lines under test are a user's, so that the built-in text can change without these tests.</summary>
public sealed class CatalogueLookupTests
{
    private const string Library = """
        namespace Lib
        {
            public interface IStore { void Load(int id); void Save(string name); }
            public class Store : IStore
            {
                public int Limit { get; set; }
                public int this[int i] { get => i; set { } }
                public Store() { }
                public virtual void Load(int id) { }
                public void Load(string name) { }
                public void Save(string name) { }
                public void Reload() { }
                public void Dispose() { }
            }
            public class CachedStore : Store
            {
                public override void Load(int id) { }
                public void Warm() { }
            }
            public class Box<T> { public void Put(T item) { } public void Put(T item, int count) { } }
            public static class StoreExtensions { public static void Touch(this Store store) { } }
        }
        namespace Lib.Inner { public class Deep { public void Run() { } } }
        """;

    [Fact]
    public void UserLine_BeatsBuiltInLine()
    {
        Assert.Equal(Waiting.AsyncIo, Find("System.Net.Http.HttpClient", "GetStringAsync")!.Waiting);
        Assert.Equal(Waiting.Memory, Find("System.Net.Http.HttpClient", "GetStringAsync", "M:System.Net.Http.HttpClient.GetString*(*) ; memory")!.Waiting);
    }

    [Fact]
    public void UserLineOfABase_BeatsBuiltInLineOfTheType() =>
        Assert.Equal("user.txt:1", Find("System.Net.Http.HttpClient", "GetStringAsync", "M:System.Net.Http.HttpMessageInvoker+.GetStringAsync(*) ; memory")!.Source);

    [Fact]
    public void ExactName_BeatsPattern_WhateverTheOrder()
    {
        Assert.Equal(Touch.Read, Find("Lib.Store", "Save", "M:Lib.Store.S*(*) ; write\nM:Lib.Store.Save(*) ; read")!.Touch);
        Assert.Equal(Touch.Read, Find("Lib.Store", "Save", "M:Lib.Store.Save(*) ; read\nM:Lib.Store.S*(*) ; write")!.Touch);
    }

    [Fact]
    public void Overload_BeatsAnyOverload()
    {
        const string lines = "M:Lib.Store.Load(*) ; write\nM:Lib.Store.Load(System.String) ; read";
        var (compilation, catalogue) = Prepare(lines);
        var loads = compilation.GetTypeByMetadataName("Lib.Store")!.GetMembers("Load").Cast<IMethodSymbol>().ToArray();
        Assert.Equal(Touch.Write, catalogue.Of(loads.Single(l => l.Parameters[0].Name == "id"))!.Touch);
        Assert.Equal(Touch.Read, catalogue.Of(loads.Single(l => l.Parameters[0].Name == "name"))!.Touch);
    }

    [Fact]
    public void DeclaringType_BeatsBase() =>
        Assert.Equal(Touch.Read, Find("Lib.CachedStore", "Load", "M:Lib.Store+.Load(*) ; write\nM:Lib.CachedStore.Load(*) ; read")!.Touch);

    [Fact]
    public void Base_BeatsInterface() =>
        Assert.Equal(Touch.Read, Find("Lib.CachedStore", "Load", "M:Lib.IStore+.Load(*) ; write\nM:Lib.Store+.Load(*) ; read")!.Touch);

    [Fact]
    public void InterfaceLine_HoldsForItsImplementation() => Assert.Equal(Touch.Write, Find("Lib.Store", "Save", "M:Lib.IStore+.Save(*) ; write")!.Touch);

    [Fact]
    public void LineWithoutPlus_EndsAtItsType()
    {
        Assert.Null(Find("Lib.Store", "Save", "M:Lib.IStore.Save(*) ; write"));
        Assert.Null(Find("Lib.CachedStore", "Load", "M:Lib.Store.Load(*) ; write"));
    }

    [Fact]
    public void MemberLine_BeatsTypeLine() => Assert.Equal(Touch.Write, Find("Lib.Store", "Save", "T:Lib.Store ; read\nM:Lib.Store.Save(*) ; write")!.Touch);

    [Fact]
    public void TypeLine_SpeaksForItsOtherMembers()
    {
        var facts = Find("Lib.Store", "Reload", "T:Lib.Store ; read on=network unsafe\nM:Lib.Store.Save(*) ; write")!;
        Assert.Equal((Touch.Read, Channel.Network, "user.txt:1"), (facts.Touch, facts.Channel, facts.Source));
        Assert.Equal(Sharing.Unstated, facts.Sharing); // a fact of instances, not of a call
    }

    [Fact]
    public void TypeLine_SaysNothingOfWhatDerivedTypesAdd()
    {
        const string lines = "T:Lib.Store+ ; read";
        Assert.Equal(Touch.Read, Find("Lib.CachedStore", "Load", lines)!.Touch);
        Assert.Null(Find("Lib.CachedStore", "Warm", lines));
        Assert.Null(Find("Lib.CachedStore", ".ctor", lines));
    }

    [Fact]
    public void TypeLineOfInstancesOnly_SaysNothingOfMembers() => Assert.Null(Find("Lib.Store", "Save", "T:Lib.Store ; unsafe"));

    [Fact]
    public void Setter_WritesItsReceiver_UnlessItHasALine()
    {
        Assert.Equal(Touch.Read, Find("Lib.Store", "Limit", "T:Lib.Store ; read")!.Touch);
        Assert.Equal(Touch.Read, Find("Lib.Store", "get_Limit", "T:Lib.Store ; read")!.Touch);
        Assert.Equal(Touch.Write, Find("Lib.Store", "set_Limit", "T:Lib.Store ; read")!.Touch);
        Assert.Equal(Touch.Write, Find("Lib.Store", "set_Limit", "M:Lib.Store.Limit ; pure")!.Touch);
        var own = Find("Lib.Store", "set_Limit", "M:Lib.Store.Limit ; read\nM:Lib.Store.set_Limit ; write on=ambient")!;
        Assert.Equal((Touch.Write, Channel.Ambient), (own.Touch, own.Channel));
    }

    [Fact]
    public void Disposing_IsNeverARead()
    {
        Assert.Equal(Touch.Write, Find("Lib.Store", "Dispose", "T:Lib.Store ; read")!.Touch);
        Assert.Equal(Touch.Read, Find("Lib.Store", "Dispose", "M:Lib.Store.Dispose() ; read")!.Touch);
    }

    [Fact]
    public void Indexer_IsCalledItem() => Assert.Equal(Touch.Read, Find("Lib.Store", "this[]", "M:Lib.Store.Item ; read")!.Touch);

    [Fact]
    public void Constructor_IsCalledCtor() => Assert.True(Find("Lib.Store", ".ctor", "M:Lib.Store.#ctor(*) ; pure fresh")!.Fresh);

    [Fact]
    public void GenericType_IsNamedByArity()
    {
        var (compilation, catalogue) = Prepare("M:Lib.Box`1.Put(T,System.Int32) ; write");
        var box = compilation.GetTypeByMetadataName("Lib.Box`1")!.Construct(compilation.GetSpecialType(SpecialType.System_Int32));
        var puts = box.GetMembers("Put").Cast<IMethodSymbol>().ToArray();
        Assert.Null(catalogue.Of(puts.Single(p => p.Parameters.Length == 1)));
        Assert.Equal(Touch.Write, catalogue.Of(puts.Single(p => p.Parameters.Length == 2))!.Touch);
    }

    [Fact]
    public void ReducedExtension_IsItsDeclaration()
    {
        var (compilation, catalogue) = Prepare("M:Lib.StoreExtensions.Touch(*) ; write");
        var touch = (IMethodSymbol)compilation.GetTypeByMetadataName("Lib.StoreExtensions")!.GetMembers("Touch").Single();
        var reduced = touch.ReduceExtensionMethod(compilation.GetTypeByMetadataName("Lib.Store")!)!;
        Assert.Equal(Touch.Write, catalogue.Of(reduced)!.Touch);
    }

    [Fact]
    public void Receiver_DecidesForInheritedMembers()
    {
        var (compilation, catalogue) = Prepare("M:Lib.Store+.Reload(*) ; io\nM:Lib.CachedStore.Reload(*) ; memory");
        var store = compilation.GetTypeByMetadataName("Lib.Store")!;
        var reload = store.GetMembers("Reload").Single();
        Assert.Equal(Waiting.AsyncIo, catalogue.Of(reload)!.Waiting);
        Assert.Equal(Waiting.AsyncIo, catalogue.Of(reload, store)!.Waiting);
        Assert.Equal(Waiting.Memory, catalogue.Of(reload, compilation.GetTypeByMetadataName("Lib.CachedStore"))!.Waiting);
        Assert.Equal(Waiting.AsyncIo, catalogue.Of(reload, compilation.GetTypeByMetadataName("Lib.Inner.Deep"))!.Waiting); // not a receiver of it
    }

    [Fact]
    public void TypeFacts_AreInherited()
    {
        Assert.Equal(Sharing.UnitOfWork, FindType("Lib.CachedStore", "T:Lib.IStore+ ; unit-of-work")!.Sharing);
        Assert.Null(FindType("Lib.CachedStore", "T:Lib.IStore ; unit-of-work"));
        Assert.Equal(Sharing.Safe, FindType("Lib.CachedStore", "T:Lib.Store+ ; unit-of-work\nT:Lib.CachedStore ; safe")!.Sharing);
    }

    [Fact]
    public void Type_BeatsNamespace()
    {
        Assert.Equal(Sharing.Safe, FindType("Lib.Box`1", "N:Lib ; safe\nT:Lib.Store ; unsafe")!.Sharing);
        Assert.Equal(Sharing.Unsafe, FindType("Lib.Store", "N:Lib ; safe\nT:Lib.Store ; unsafe")!.Sharing);
    }

    [Fact]
    public void NamespaceLine_TakesInnerOnesWithPlusOnly()
    {
        Assert.Null(FindType("Lib.Inner.Deep", "N:Lib ; safe"));
        Assert.Equal(Sharing.Safe, FindType("Lib.Inner.Deep", "N:Lib+ ; safe")!.Sharing);
    }

    [Fact]
    public void UnknownMember_HasNoFacts() => Assert.Null(Find("Lib.Store", "Save"));

    private static ApiFacts? Find(string type, string member, string lines = "")
    {
        var (compilation, catalogue) = Prepare(lines);
        return catalogue.Of(compilation.GetTypeByMetadataName(type)!.GetMembers(member).First());
    }

    private static ApiFacts? FindType(string type, string lines)
    {
        var (compilation, catalogue) = Prepare(lines);
        return catalogue.Of(compilation.GetTypeByMetadataName(type));
    }

    private static (Compilation Compilation, Catalogue Catalogue) Prepare(string lines) => (CatalogueReferences.With(Library), CatalogueReferences.Catalogue(lines));
}
