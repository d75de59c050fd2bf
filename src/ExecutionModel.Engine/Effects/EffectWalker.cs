using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Collects the effects of operations. <see cref="Tree"/> takes a whole subtree, <see cref="Own"/> one operation without its children, so that a caller can
/// take just the part of a statement that runs between two awaits.
/// </summary>
/// <param name="owned">Objects that nobody else holds: effects inside them don't count.</param>
/// <param name="slots">Elements of arrays that nobody else uses.</param>
internal sealed class EffectWalker(ProgramModel model, int depth, Func<Root, bool>? owned = null, TurnSlots? slots = null)
{
    /// <summary>Once something could not be understood, no further body is worth binding.</summary>
    private int Depth => Obstacle is null ? depth : 0;

    private const int MostOperations = 1500;
    private const int MostCalls = 60;
    private readonly HashSet<Effect> effects = [];
    private int operations;
    private int calls;
    private IOperation? body;

    public IReadOnlyCollection<Effect> Effects => effects;

    /// <summary>The first thing that could not be understood.</summary>
    public string? Obstacle { get; private set; }

    public bool Guards { get; private set; }

    /// <summary>A call on the way sends or stores something.</summary>
    public bool Writes { get; private set; }

    /// <summary>An object is changed that any number of operations may share: no conflict, but the order of the changes can be seen.</summary>
    public bool ChangesSafe { get; private set; }

    /// <summary>Something on the way is Likely only.</summary>
    public bool Likely { get; private set; }

    /// <summary>A cache in memory is asked, and only what it lacks is fetched.</summary>
    public bool Remembers { get; private set; }

    public Waiting Waiting { get; private set; } = Waiting.Memory;

    public string Evidence { get; private set; } = "";

    /// <summary>All that a method does. What it waits for only to remember it is no reason to expect that its callers wait.</summary>
    public void Body(IOperation root)
    {
        body = root;
        Tree(root);
    }

    /// <summary>Children first, then the operation itself. Lambdas count as if they ran here; local functions count where they are called.</summary>
    public void Tree(IOperation operation)
    {
        if (++operations > MostOperations)
        {
            Fail("the body is too large");
            return;
        }

        switch (operation)
        {
            case ILocalFunctionOperation or INameOfOperation or ITypeOfOperation:
                return;
            case IAnonymousFunctionOperation lambda:
                var (waiting, evidence) = (Waiting, Evidence);
                Tree(lambda.Body);
                if (FillsCache(lambda)) (Waiting, Evidence, Remembers) = (waiting, evidence, true);
                return;
        }

        foreach (var child in operation.ChildOperations) Tree(child);
        Own(operation);
    }

    public void Own(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                if (!IsTarget(local) && !local.IsDeclaration) Add(Place.Variable(local.Local), Access.Read);
                break;
            case IParameterReferenceOperation parameter:
                if (!IsTarget(parameter)) Add(Place.Variable(parameter.Parameter), Access.Read);
                break;
            case IFieldReferenceOperation field:
                if (!IsTarget(field) && !field.Field.IsConst && !field.Field.IsReadOnly && !IsOwned(field.Instance)) Add(MemberOf(field.Field, field.Instance), Access.Read);
                break;
            case IPropertyReferenceOperation property:
                if (!IsTarget(property)) Getter(property);
                break;
            case IArrayElementReferenceOperation element:
                if (!IsTarget(element) && slots?.Owns(element) != true) AddContents(element.ArrayReference, Access.Read);
                break;
            case IVariableDeclaratorOperation declarator:
                Add(Place.Variable(declarator.Symbol), Access.Write);
                break;
            case ISimpleAssignmentOperation or ICompoundAssignmentOperation or ICoalesceAssignmentOperation or IDeconstructionAssignmentOperation:
                Assign(((IAssignmentOperation)operation).Target);
                break;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target);
                break;
            case IInvocationOperation call:
                Call(call);
                break;
            case IObjectCreationOperation creation:
                Create(creation);
                break;
            case IMethodReferenceOperation reference:
                Include(model.Summaries.Of(reference.Method, null, Depth), reference.Method.Name, reference.Instance, []);
                break;
            case IForEachLoopOperation loop:
                if (loop.IsAsynchronous) Fail("'await foreach'");
                AddContents(loop.Collection, Access.Read);
                if (model.Roots.UnitOfWork(loop.Collection) is { Found: true } work) Add(work, Access.Exclusive);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                Fail("an iterator");
                break;
            case IThrowOperation:
                Guards = true;
                break;
            case IEventAssignmentOperation:
                Fail("an event is subscribed to");
                break;
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation:
                Fail("a dynamic call");
                break;
            case IInvalidOperation:
                Fail("code that does not compile");
                break;
        }
    }

    /// <summary>What a call does once it is started, arguments not included.</summary>
    public void Call(IInvocationOperation call)
    {
        if (++calls > MostCalls)
        {
            Fail("too many calls");
            return;
        }

        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            Fail("a delegate is invoked");
            return;
        }

        var summary = model.Summaries.Of(method, call.Instance, Depth);
        if (summary.Confidence == Confidence.Unknown && model.Types.IsTaskLike(method.ReturnType) && CallNames.Kind(method.Name, method.ContainingType.Name) == NameKind.Write) Writes = true; // not understood, so its name is believed
        if (summary.Confidence == Confidence.Unknown && Obstacle is null && model.Types.IsTaskLike(method.ReturnType) && model.Calls.Guess(call, summary) is { Confidence: Confidence.Likely } guess)
        {
            Take(guess, method.Name);
            effects.UnionWith(guess.Effects); // in terms of this body already
            return;
        }

        var (waiting, evidence) = (Waiting, Evidence);
        Include(summary, method.Name, Receiver(call), call.Arguments);
        if (Waiting != waiting && body is not null && model.Memoization.Of(call, body)) (Waiting, Evidence, Remembers) = (waiting, evidence, true);
    }

    /// <summary>It runs when the cache has nothing, that is rarely: its caller seldom waits.</summary>
    private bool FillsCache(IAnonymousFunctionOperation lambda) =>
        lambda.Parent?.Parent is IArgumentOperation { Parent: IInvocationOperation call } && model.Catalogue.Of(call.TargetMethod) is { Channel: Channel.Cache, Waiting: Waiting.Memory, Invokes: >= 0 };

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    private void Create(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor) return;
        var summary = model.Summaries.OfCreation(constructor, Depth);
        Include(summary with { Effects = [.. summary.Effects.Where(e => !e.Place.IsOfReceiver)] }, "new " + constructor.ContainingType.Name, null, creation.Arguments);
    }

    /// <summary>Brings a callee's effects to the caller: its parameters become what was passed, its receiver what it was called on; what a constructor does to the new object is nobody's concern.</summary>
    private void Include(Summary summary, string name, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        Take(summary, name);
        foreach (var effect in summary.Effects)
        {
            var place = effect.Place;
            switch (place)
            {
                case { Kind: PlaceKind.Contents, Symbol: null, Key: Place.ReceiverKey }:
                    AddContents(receiver, effect.Access);
                    break;
                case { Kind: PlaceKind.UnitOfWork, Key: Place.ReceiverKey }:
                    if (receiver is IInstanceReferenceOperation && model.Catalogue.Of(receiver.Type) is { Sharing: Sharing.UnitOfWork }) Add(Place.ReceiverUnitOfWork, effect.Access);
                    else if (model.Roots.UnitOfWork(receiver) is var work && (work.Found || !IsSafe(receiver))) Add(work, effect.Access);
                    break;
                case { Kind: PlaceKind.Contents, Symbol: IParameterSymbol parameter } when !IsCaptured(parameter):
                    if (Argument(parameter) is { } passed) AddContents(passed, effect.Access);
                    else if (!arguments.IsEmpty || parameter.ContainingSymbol is not IMethodSymbol) Add(Place.Contents(null), effect.Access);
                    break;
                case { Kind: PlaceKind.UnitOfWork, Symbol: IParameterSymbol parameter }:
                    Add(Argument(parameter) is { } context ? model.Roots.UnitOfWork(context) : Work.Shared, effect.Access);
                    break;
                case { Kind: PlaceKind.External, Key: { } key } when key.StartsWith("arg", StringComparison.Ordinal):
                    Add(Place.External(place.Channel, Constant(key)), effect.Access);
                    break;
                case { IsOfReceiver: true } when receiver is not (null or IInstanceReferenceOperation):
                    if (!IsOwned(receiver)) effects.Add(effect with { Place = place.OfAny() });
                    break;
                default:
                    effects.Add(effect);
                    ChangesSafe |= effect.Access == Access.Write && IsPartOfSafe(place);
                    break;
            }
        }

        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out) Assign(argument.Value);
        }

        IOperation? Argument(IParameterSymbol parameter)
        {
            foreach (var argument in arguments)
            {
                if (argument.Parameter is { } p && p.Ordinal == parameter.Ordinal) return argument.Value;
            }

            return null;
        }

        // A parameter that a primary constructor captured belongs to the object, not to the call.
        bool IsCaptured(IParameterSymbol parameter) =>
            parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && !arguments.Any(a => a.Parameter?.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor });

        string? Constant(string key)
        {
            var index = key[3] - '0';
            foreach (var argument in arguments)
            {
                if (argument.Parameter?.Ordinal == index) return argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
            }

            return null;
        }
    }

    private void Take(Summary summary, string name)
    {
        if (summary.Confidence == Confidence.Unknown) Fail(summary.Obstacle is { } why && why != name ? $"{name}: {why}" : name);
        if (summary.Confidence == Confidence.Likely) Likely = true;
        if (summary.Guards) Guards = true;
        if (summary.Writes) Writes = true;
        if (summary.Remembers) Remembers = true;
        if (Rank(summary.Waiting) <= Rank(Waiting)) return;
        Waiting = summary.Waiting;
        Evidence = summary.Evidence;
    }

    private bool IsSafe(IOperation? receiver) => model.Catalogue.Of(receiver?.Type) is { Sharing: Sharing.Safe };

    private void Getter(IPropertyReferenceOperation property)
    {
        var symbol = property.Property;
        if (property.Instance?.Type is IArrayTypeSymbol) return; // an array's length never changes
        if (model.Catalogue.Of(symbol) is { Touch: not Touch.Unstated } facts)
        {
            if (facts.Guard) Guards = true;
            if (facts.Channel != Channel.Receiver) Add(Place.External(facts.Channel, null), facts.Touch == Touch.Write ? Access.Write : Access.Read);
            else if (facts.Touch != Touch.Pure) AddContents(property.Instance, facts.Touch == Touch.Write ? Access.Write : Access.Read);
            return;
        }

        if (model.Catalogue.Of(symbol.ContainingType) is { Touch: Touch.Pure }) return;
        if (IsOwned(property.Instance) && (symbol.DeclaringSyntaxReferences.IsEmpty || symbol.IsAuto())) return;
        if (symbol.DeclaringSyntaxReferences.IsEmpty || symbol.IsAbstract)
        {
            Add(MemberOf(symbol, property.Instance), Access.Read);
            AddContents(property.Instance, Access.Read);
            return;
        }

        Add(MemberOf(symbol, property.Instance), Access.Read);
        if (symbol.GetMethod is { } getter && !symbol.IsAuto()) Include(model.Summaries.Of(getter, property.Instance, Depth), symbol.Name, property.Instance, property.Arguments);
    }

    private void Assign(IOperation target)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Add(Place.Variable(local.Local), Access.Write);
                break;
            case IParameterReferenceOperation parameter:
                Add(Place.Variable(parameter.Parameter), Access.Write);
                break;
            case IFieldReferenceOperation field:
                if (!IsOwned(field.Instance) && !IsBeingMade(field.Instance)) Add(MemberOf(field.Field, field.Instance), Access.Write);
                break;
            case IPropertyReferenceOperation property:
                if (!property.Property.IsIndexer && !IsOwned(property.Instance) && !IsBeingMade(property.Instance)) Add(MemberOf(property.Property, property.Instance), Access.Write);
                if (property.Property.SetMethod is { } set && model.Catalogue.Of(set) is { Channel: not Channel.Receiver } facts) Add(Place.External(facts.Channel, null), Access.Write);
                if (property.Instance is not null and not IInstanceReferenceOperation && !property.Property.IsAuto()) AddContents(property.Instance, Access.Write);
                if (!property.Property.DeclaringSyntaxReferences.IsEmpty && !property.Property.IsAuto() && property.Property.SetMethod is { } setter)
                    Include(model.Summaries.Of(setter, property.Instance, Depth), property.Property.Name, property.Instance, []);
                break;
            case IArrayElementReferenceOperation element:
                if (slots?.Owns(element) != true) AddContents(element.ArrayReference, Access.Write);
                break;
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements) Assign(element);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand);
                break;
            case IDiscardOperation:
                break;
            default:
                Add(Place.Contents(null), Access.Write);
                break;
        }
    }

    /// <summary>Whoever enumerates an object reads it.</summary>
    public void Enumerate(IOperation sequence) => AddContents(sequence, Access.Read);

    private void AddContents(IOperation? of, Access access)
    {
        if (of is null or IInstanceReferenceOperation || (access == Access.Read && model.Immutability.IsImmutable(of.Type))) return;
        if (access != Access.Exclusive && IsSafe(of))
        {
            ChangesSafe |= access == Access.Write;
            return;
        }

        if (slots?.OwnsContentsOf(of) == true) return;
        var root = model.Roots.Of(of);
        if (owned?.Invoke(root) == true) return;
        if (!root.Traced) Add(Place.Contents(null), access);
        var onReceiver = IsOnReceiver(of);
        foreach (var symbol in root.Symbols)
        {
            var place = onReceiver && symbol is not (ILocalSymbol or IParameterSymbol) ? Place.Contents(symbol).OfReceiver() : Place.Contents(symbol);
            Add(place, access);
            ChangesSafe |= access == Access.Write && IsPartOfSafe(place);
        }
    }

    /// <summary>The headers that a client sends with every request belong to it, whatever their own type says.</summary>
    private bool IsPartOfSafe(Place place) => place is { Kind: PlaceKind.Contents, Symbol: { } symbol } && model.Catalogue.Of(symbol.TypeOfValue()) is { Sharing: Sharing.Safe };

    private static Place MemberOf(ISymbol member, IOperation? instance) => instance is IInstanceReferenceOperation ? Place.Member(member).OfReceiver() : Place.Member(member);

    /// <summary><c>this.a.b[0]</c></summary>
    private static bool IsOnReceiver(IOperation of)
    {
        for (IOperation? o = of.Plain(); ; o = o.Plain())
        {
            switch (o)
            {
                case IInstanceReferenceOperation:
                    return true;
                case IMemberReferenceOperation { Instance: { } instance }:
                    o = instance;
                    break;
                case IArrayElementReferenceOperation element:
                    o = element.ArrayReference;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>An initializer fills an object that nobody has seen yet.</summary>
    private static bool IsBeingMade(IOperation? instance) => instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver };

    private bool IsOwned(IOperation? instance) => owned is not null && instance is not null and not IInstanceReferenceOperation && (slots?.OwnsContentsOf(instance) == true || owned(model.Roots.Of(instance)));

    private void Add(Place place, Access access) => effects.Add(new Effect(place, access));

    private void Add(Work work, Access access)
    {
        if (work.Confidence == Confidence.Likely) Likely = true;
        Add(Place.UnitOfWork(work), access);
    }

    private void Fail(string obstacle) => Obstacle ??= obstacle;

    private static int Rank(Waiting waiting) => waiting switch
    {
        Waiting.AsyncIo => 5,
        Waiting.BlockingIo => 4,
        Waiting.Delay => 3,
        Waiting.OtherWork => 2,
        _ => 0,
    };

    private static bool IsTarget(IOperation operation) => operation.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, operation);
}
