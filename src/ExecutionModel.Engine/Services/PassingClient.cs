using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Services;

/// <summary>An object with connections of its own that one run of the code makes, uses and gives up, though every run could use the same one.</summary>
/// <param name="Making">The constructor or factory call.</param>
/// <param name="Type">What is made.</param>
/// <param name="Local">Null: used on the spot.</param>
/// <param name="Requests">Made on it, its disposal left out.</param>
/// <param name="IsConfigured">Settings are written to it, which a shared one could not take.</param>
/// <param name="IsHandedOn">Other code gets it for the time of a call.</param>
/// <param name="Evidence">How sure it is that it opens connections.</param>
public sealed record PassingClient(IOperation Making, INamedTypeSymbol Type, Frame Frame, ILocalSymbol? Local, IReadOnlyList<IInvocationOperation> Requests, bool IsConfigured, bool IsHandedOn, Confidence Evidence)
{
    /// <summary>Made without any argument or setting: another one is the same.</summary>
    public bool IsPlain => Making is IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null };
}

/// <summary>Finds them. Text turns nearly all bodies away.</summary>
public sealed class PassingClients
{
    private readonly ProgramModel model;
    private readonly FacetWords words;
    private readonly WordSet types = [];

    public PassingClients(ProgramModel model)
    {
        this.model = model;
        words = new(model, static _ => false, model.Catalogue.Connecting);
        foreach (var names in model.Catalogue.Connecting) names.AddTypes(types);
    }

    /// <summary>By its words, something may be made there.</summary>
    public bool MayBeIn(SyntaxNode body)
    {
        var tree = body.SyntaxTree;
        if (!model.Words.MentionsAny(tree, types)) return false;
        var written = model.Words.In(tree, body.Span);
        for (var i = written.From; i < written.End; i++)
        {
            var name = written.NameAt(i);
            if (name == CallWords.New || words.Knows(name) && words.Means(name, written.ReceiverAt(i), tree)) return true;
        }

        return false;
    }

    public IEnumerable<PassingClient> In(FlatBody body, Action<IOperation, string> drop)
    {
        foreach (var frame in body.Frames)
        {
            foreach (var creation in frame.Creations)
            {
                if (creation is { Constructor: { } constructor, Type: INamedTypeSymbol type } && Of(body, frame, creation, constructor, type, drop) is { } made) yield return made;
            }

            foreach (var call in frame.Calls)
            {
                if (words.Knows(CallWords.HashOf(call.TargetMethod.Name)) && Made(call.TargetMethod.ReturnType) is { } type && Of(body, frame, call, call.TargetMethod, type, drop) is { } made) yield return made;
            }
        }
    }

    private static INamedTypeSymbol? Made(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [INamedTypeSymbol result] } ? result : type as INamedTypeSymbol;

    private PassingClient? Of(FlatBody body, Frame frame, IOperation making, IMethodSymbol api, INamedTypeSymbol type, Action<IOperation, string> drop)
    {
        if (model.Catalogue.Of(api) is not { Connections: { } connections } facts) return null;
        if (Kept(body, making, connections) is { } kept)
        {
            drop(making, kept);
            return null;
        }

        var uses = new Uses();
        var value = Value(making);
        ILocalSymbol? local = null;
        switch (value.Above())
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when body.Values.WritesTo(declarator.Symbol).Count == 1:
                local = declarator.Symbol;
                uses.IsDisposed = declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation || IsResource(declarator);
                foreach (var use in body.Values.UsesOf(local)) uses.Add(use);
                break;
            case IInvocationOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } }:
                uses.Add(value);
                break;
            default:
                drop(making, "it is kept or handed on");
                return null;
        }

        if (uses.Obstacle is null && !uses.IsDisposed) uses.Obstacle = uses.IsHandedOn ? "it is handed on" : uses.Calls.Any(OutlivesCall) ? "what it gives may outlive the call" : null;
        if (uses.Obstacle is { } obstacle)
        {
            drop(making, obstacle);
            return null;
        }

        var configured = uses.IsConfigured || (making as IObjectCreationOperation)?.Initializer is { Initializers.IsEmpty: false };
        return new PassingClient(making, type, frame, local, uses.Calls, configured, uses.IsHandedOn, facts.Likely ? Confidence.Likely : Confidence.Certain);
    }

    /// <summary>Why this very object is needed: its connections are somebody else's, or it is made for one address, account or certificate.</summary>
    private string? Kept(FlatBody body, IOperation making, int connections)
    {
        var arguments = (making as IObjectCreationOperation)?.Arguments ?? ((IInvocationOperation)making).Arguments;
        if (connections >= 0)
        {
            if (arguments.FirstOrDefault(a => a.Parameter?.Ordinal == connections)?.Value.Plain() is not { } carrier) return "its connections are somebody else's";
            var made = carrier is ILocalReferenceOperation local && body.Values.OnlyValueOf(local.Local) is { } written ? written.Plain() : carrier;
            if (made is not IObjectCreationOperation { Constructor: { } constructor } || model.Catalogue.Of(constructor) is not { Connections: ApiFacts.OwnConnections }) return "its connections are somebody else's";
            if (!SteadyValue.Is(model, made, body.Values)) return "its connections belong to one caller";
            if (carrier is ILocalReferenceOperation handler && !body.Values.UsesOf(handler.Local).All(u => IsSteadySetting(u, body.Values) || ReferenceEquals(u, carrier))) return "its connections belong to one caller";
        }

        if (making is IInvocationOperation { Instance: { } factory } && !SteadyValue.Is(model, factory, body.Values)) return "it is made for one caller";
        return arguments.Any(a => a.Parameter?.Ordinal != connections && !SteadyValue.Is(model, a.Value, body.Values)) ? "it is made for one address or account" : null;
    }

    /// <summary><c>handler.AllowAutoRedirect = false</c></summary>
    private bool IsSteadySetting(IOperation handler, ValueScope scope) =>
        handler.Above() is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation } assignment } property && ReferenceEquals(assignment.Target, property) && SteadyValue.Is(model, assignment.Value, scope);

    private static IOperation Value(IOperation making)
    {
        var value = making;
        while (value.Above() is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) value = value.Above()!;
        return value;
    }

    private static bool IsResource(IVariableDeclaratorOperation declarator)
    {
        for (var o = declarator.Parent; o is not null; o = o.Parent)
        {
            if (o is IUsingOperation use) return declarator.IsInside(use.Resources);
            if (o is IBlockOperation) return false;
        }

        return false;
    }

    /// <summary>A request is over when its task is; a channel or sender that the client gives lives on.</summary>
    private bool OutlivesCall(IInvocationOperation call) => model.Catalogue.Of(call.TargetMethod) is not { Waiting: Waiting.AsyncIo or Waiting.BlockingIo, Fresh: false };

    /// <summary>What becomes of the object.</summary>
    private sealed class Uses
    {
        public List<IInvocationOperation> Calls { get; } = [];
        public bool IsDisposed { get; set; }
        public bool IsConfigured { get; private set; }
        public bool IsHandedOn { get; private set; }
        public string? Obstacle { get; set; }

        public void Add(IOperation use)
        {
            switch (use.Above())
            {
                case IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } access when ReferenceEquals(access.Operation.Plain(), use):
                    Note(call);
                    break;
                case IInvocationOperation call when call.Instance is { } receiver && ReferenceEquals(receiver.Plain(), use):
                    Note(call);
                    break;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, DeclaringSyntaxReferences.IsEmpty: true } } call }:
                    Note(call);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.None, Parent: IInvocationOperation }:
                    IsHandedOn = true;
                    break;
                case IPropertyReferenceOperation property when property.Instance is { } owner && ReferenceEquals(owner.Plain(), use):
                    IsConfigured = true;
                    break;
                case IUsingOperation:
                    IsDisposed = true;
                    break;
                case INameOfOperation or IBinaryOperation or IIsPatternOperation:
                    break;
                default:
                    Obstacle = "it is kept or handed on";
                    break;
            }
        }

        private void Note(IInvocationOperation call)
        {
            if (call.TargetMethod.Name is "Dispose" or "DisposeAsync" or "CloseAsync" or "Close") IsDisposed = true;
            else Calls.Add(call);
        }
    }
}
