using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// Is a value the same for every run of the code: constants, settings, what the object was given? What comes from a parameter or was computed on the way may
/// differ from call to call, and with it the object that is made of it.
/// </summary>
internal static class SteadyValue
{
    private const int Hops = 4;

    public static bool Is(ProgramModel model, IOperation value, ValueScope scope) => Is(model, value, scope, Hops);

    private static bool Is(ProgramModel model, IOperation value, ValueScope scope, int hops) =>
        hops > 0 && value.DescendantsAndSelf().All(o => o switch
        {
            IParameterReferenceOperation parameter => IsKept(model, parameter.Parameter) || value.Declares(parameter.Parameter),
            ILocalReferenceOperation local => value.Declares(local.Local) || scope.OnlyValueOf(local.Local) is { } written && (written.Plain() is not IObjectCreationOperation || scope.UsesOf(local.Local).Count == 1) && Is(model, written, scope, hops - 1), // an object that is looked at again holds something of this run
            IInvocationOperation call => call.IsInFunctionOf(value.Parent) || model.Catalogue.Of(call.TargetMethod) is { Touch: Touch.Pure or Touch.Read },
            IAwaitOperation or IDynamicInvocationOperation => o.IsInFunctionOf(value.Parent),
            _ => true,
        });

    /// <summary>Of a primary constructor, or a service that every caller is given alike.</summary>
    private static bool IsKept(ProgramModel model, IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } || model.Catalogue.Of(parameter.Type) is { Touch: Touch.Read, Sharing: Sharing.Safe };
}
