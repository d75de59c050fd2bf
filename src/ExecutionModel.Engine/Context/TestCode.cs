using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>Tests, benchmarks and migrations: code that waits in turn, computes and fans out on purpose.</summary>
internal sealed class TestCode
{
    private static readonly string[] Frameworks =
    [
        "Xunit.FactAttribute", "NUnit.Framework.TestAttribute", "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "TUnit.Core.TestAttribute",
        "BenchmarkDotNet.Attributes.BenchmarkAttribute",
    ];

    private static readonly string[] ProjectNames = ["Tests", "Test", "Specs", "Benchmarks", "Benchmark"];

    private readonly ProgramModel model;
    private readonly Lazy<bool> framework;
    private readonly Lazy<bool> project;
    private readonly ConcurrentDictionary<INamedTypeSymbol, object> types = new(SymbolEqualityComparer.Default);

    public TestCode(ProgramModel model)
    {
        this.model = model;
        framework = new(() => Frameworks.Any(f => model.Types.Find(f) is not null));
        project = new(() => IsTestName(model.Compilation.AssemblyName));
    }

    public bool Holds(ISymbol member)
    {
        if (project.Value) return true;
        for (var type = member as INamedTypeSymbol ?? member.ContainingType; type is not null; type = type.ContainingType)
        {
            if ((bool)types.GetOrAdd(type, t => IsTestType(t))) return true;
        }

        return false;
    }

    /// <summary>Helper methods of a class with tests are test code as well. Attributes are read only where a test framework is referenced.</summary>
    private bool IsTestType(INamedTypeSymbol type) =>
        MayBeInCatalogue(type) && IsTest(model.Catalogue.Of(type)) || IsOfMigrations(type) || framework.Value && (HasTestAttribute(type) || type.GetMembers().Any(m => m is IMethodSymbol { MethodKind: MethodKind.Ordinary } && HasTestAttribute(m)));

    /// <summary>The built-in lines name types of others: what derives from nothing is none of them.</summary>
    private bool MayBeInCatalogue(INamedTypeSymbol type) => type.BaseType is { SpecialType: not SpecialType.System_Object } || !type.Interfaces.IsEmpty || model.UserCatalogue.Entries.Count > 0;

    private bool HasTestAttribute(ISymbol symbol) => symbol.GetAttributes().Any(a => IsTest(model.Catalogue.Of(a.AttributeClass)));

    private static bool IsTest(ApiFacts? facts) => facts is { Host: Host.Test or Host.Benchmark or Host.Migration };

    /// <summary>Whatever tool runs them, migrations stand in a namespace of that name.</summary>
    private static bool IsOfMigrations(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (space.Name is "Migrations") return true;
        }

        return false;
    }

    /// <summary>
    /// <c>App.Tests</c>, <c>App.UnitTests</c>, <c>App.Tests.Integration</c>, <c>App.Test</c>, whatever runs them. <c>App.SpeedTest</c> only where there is a framework of
    /// tests: it may be a program about tests.
    /// </summary>
    private bool IsTestName(string? assembly) => assembly?.Split('.').Any(part => IsSureName(part) || framework.Value && ProjectNames.Any(n => part.EndsWith(n, StringComparison.OrdinalIgnoreCase))) == true;

    private static bool IsSureName(string part) => part is "Test" or "UnitTest" or "IntegrationTest" || part.EndsWith("Tests", StringComparison.Ordinal);
}
