using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>Who runs a piece of code: a web request, a UI event, a worker, a test.</summary>
public sealed class AppModel
{
    private readonly ProgramModel model;
    private readonly Lazy<object> application; // a Host: of an object the framework has the code, of our enum the runtime would compile it
    private readonly Lazy<IMethodSymbol?> entryPoint;
    private readonly Lazy<bool> knowsHosts;
    private readonly TestCode tests;
    // In boxes: a dictionary of values is code of its own, that a compiler which lives for seconds has to make first.
    private readonly ConcurrentDictionary<IMethodSymbol, StrongBox<Host>> members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, StrongBox<Host>> types = new(SymbolEqualityComparer.Default);

    internal AppModel(ProgramModel model, AnalyzerOptions options)
    {
        this.model = model;
        tests = new TestCode(model);
        // A library has none, and to look for it the compiler would list all of the compilation's types.
        entryPoint = new(() => ApplicationKind.IsLibrary(model.Compilation) ? null : model.Compilation.GetEntryPoint(CancellationToken.None));
        knowsHosts = new(FindHosts);
        application = new(() => new ApplicationKind(model, options, entryPoint).Of());
    }

    /// <summary>What the compilation becomes: a web application, a desktop one, a worker, a console program; <see cref="Host.Unstated"/> for a library.</summary>
    public Host Application => (Host)application.Value;

    /// <summary>The member belongs to a test, a benchmark or a migration: rules are silent there by default.</summary>
    public bool IsTestCode(ISymbol member) => tests.Holds(member);

    /// <summary>The member runs once, when the program starts.</summary>
    public bool IsStartUp(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member, entryPoint.Value)
        || entryPoint.Value is { } main && SymbolEqualityComparer.Default.Equals(member.ContainingType, main.ContainingType);

    /// <summary>The member fills or changes a store once: its own start-up, seeds, migrations. Order matters there, time does not.</summary>
    public bool IsSetUp(ISymbol member) => IsStartUp(member) || SetsUp(member.Name) || member.ContainingType is { } type && (SetsUp(type.Name) || type.BaseType is { } parent && SetsUp(parent.Name) || SetsUp(type.ContainingNamespace.ToDisplayString()));

    private static bool SetsUp(string name) => name.Contains("Seed") || name.Contains("Migrat") || name.Contains("Fixture") || name.Contains("SampleData");

    /// <summary>
    /// Who runs this frame, by what it, or its name, is handed to (<c>app.MapGet("/", handler)</c>), its attributes, its signature and its type; <see cref="Host.Unstated"/>
    /// where nothing says so, as in libraries and services.
    /// </summary>
    public Host HostOf(Frame frame)
    {
        var outermost = frame;
        for (var f = frame; f is not null; f = f.Outer)
        {
            outermost = f;
            if (f.Function is IAnonymousFunctionOperation lambda && HandedTo(lambda) is { } call && model.Catalogue.Of(call.TargetMethod) is { Host: not Host.Unstated } facts) return facts.Host;
            if (f.Function is ILocalFunctionOperation local && model.Routes.Holds(local.Symbol)) return Host.Web;
        }

        return outermost.Method is { } method ? HostOf(method) : Host.Unstated;
    }

    /// <summary>The same for a member as a whole.</summary>
    public Host HostOf(IMethodSymbol method) => members.GetOrAdd(method, m => new(Find(m))).Value;

    /// <summary>Who runs the members of a type; a type inside it stands for itself.</summary>
    public Host HostOf(ITypeSymbol? type) => type is null ? Host.Unstated : types.GetOrAdd(type, t => new(Find(t))).Value;

    /// <summary>ASP.NET before Core: the request's context belongs to the thread.</summary>
    public bool IsClassicAspNet => model.Types.Find("System.Web.HttpContext") is not null && model.Types.Find("Microsoft.AspNetCore.Http.HttpContext") is null;

    /// <summary>
    /// Before .NET 10 the host started background services one after the other and ran each up to its first await; since then they start on the pool.
    /// </summary>
    public bool HoldsHostStart(Frame frame, IOperation work) =>
        frame is { Outer: null, Method: { Name: "ExecuteAsync" or "StartAsync", IsOverride: true } or { Name: "StartAsync", DeclaredAccessibility: Accessibility.Public } }
        && model.Types.Find("Microsoft.Extensions.Hosting.BackgroundService") is { ContainingAssembly.Identity.Version.Major: < 10 }
        && frame.Awaits.All(a => a.Syntax.Span.End > work.Syntax.SpanStart);

    /// <summary><c>void Save_Click(object sender, EventArgs e)</c>.</summary>
    public bool IsEventHandler(IMethodSymbol method) =>
        method.Parameters is { Length: 2 } parameters
        && parameters[0].Type.SpecialType == SpecialType.System_Object
        && parameters[1].Type.DerivesFrom(model.Types.Find("System.EventArgs"));

    /// <summary>The call that the lambda is an argument of.</summary>
    internal static IInvocationOperation? HandedTo(IAnonymousFunctionOperation lambda)
    {
        var operation = lambda.Parent;
        while (operation is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) operation = operation.Parent;
        return (operation as IArgumentOperation)?.Parent as IInvocationOperation;
    }


    /// <summary>Some framework that runs code is in sight; where none is, every host is <see cref="Host.Unstated"/>.</summary>
    public bool KnowsHosts => knowsHosts.Value;

    /// <summary>Some framework that runs code is in sight. Many libraries have none: then nothing is asked of their types and attributes. ICommand is everywhere.</summary>
    private bool FindHosts()
    {
        if (model.Types.Find("Microsoft.AspNetCore.Http.HttpContext") is not null) return true; // a single namespace to look into
        foreach (var name in model.Catalogue.Hosts)
        {
            var space = name.Substring(0, Math.Max(0, name.LastIndexOf('.')));
            if (model.Types.HasNamespace(space) && model.Types.Find(name) is { } type && type.ContainingAssembly.Name is not ("System.ObjectModel" or "netstandard" or "System" or "mscorlib")) return true;
        }

        return Application == Host.Ui;
    }

    private Host Find(IMethodSymbol method)
    {
        if (!KnowsHosts) return Host.Unstated;
        if (Attributed(method) is not Host.Unstated and var stated) return stated;
        // The context object of replayed code and of functions comes as a parameter.
        foreach (var parameter in method.Parameters)
        {
            if (model.Catalogue.Of(parameter.Type) is { Host: (Host.Orchestrator or Host.Console) and var given }) return given;
        }

        if (method is { Name: "Invoke" or "InvokeAsync", IsStatic: false, Parameters.IsEmpty: false } && method.Parameters[0].Type is { Name: "HttpContext", ContainingNamespace.Name: "Http" }) return Host.Web;
        if (HostOf(method.ContainingType) is not Host.Unstated and var host) return host;
        if (model.Routes.Holds(method)) return Host.Web;
        if (IsFoundByItsName(method)) return Host.Handler;
        if (Application != Host.Ui) return Host.Unstated;
        var notifies = model.Types.Find("System.ComponentModel.INotifyPropertyChanged");
        return IsEventHandler(method) || notifies is not null && method.ContainingType.AllInterfaces.Contains(notifies, SymbolEqualityComparer.Default) ? Host.Ui : Host.Unstated;
    }

    /// <summary>Wolverine asks for no interface: <c>OrderHandler.Handle(message)</c> is one.</summary>
    private bool IsFoundByItsName(IMethodSymbol method) =>
        method is { Name: "Handle" or "HandleAsync" or "Consume" or "ConsumeAsync", DeclaredAccessibility: Accessibility.Public, Parameters.IsEmpty: false, ContainingType: { DeclaredAccessibility: Accessibility.Public, Name: var type } }
        && (type.EndsWith("Handler", StringComparison.Ordinal) || type.EndsWith("Consumer", StringComparison.Ordinal))
        && model.Types.Find("Wolverine.IWolverineHandler") is not null;

    private Host Find(ITypeSymbol type)
    {
        if (model.Catalogue.Of(type) is { Host: not Host.Unstated } facts) return facts.Host == Host.Turn && ApplicationKind.RunsInBrowser(model.Types) ? Host.Browser : facts.Host;
        for (var t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType)
        {
            if (Attributed(t) is not Host.Unstated and var host) return host;
        }

        return Host.Unstated;
    }

    private Host Attributed(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (model.Catalogue.Of(attribute.AttributeClass) is { Host: not Host.Unstated } facts) return facts.Host;
        }

        return Host.Unstated;
    }
}
