using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// Finds the unit of work (context, connection, session) that all operations of a fan-out use together. It allows one operation at a time: a limit of twenty
/// is no help, the code has another mistake.
/// </summary>
public sealed class SharedUnitOfWork(ProgramModel model)
{
    private const int Hops = 3;

    /// <summary>Its type, or null.</summary>
    public ITypeSymbol? Of(FanOut fanOut) => fanOut.Starts.Select(InStart).FirstOrDefault(t => t is not null);

    private ITypeSymbol? InStart(IOperation start)
    {
        if (start is IMethodReferenceOperation group) return Captured(group.Instance, start) ?? InMethod(group.Method, Hops);
        return In(start.DescendantsAndSelf(), start, Hops);
    }

    private ITypeSymbol? In(IEnumerable<IOperation> operations, IOperation start, int hops)
    {
        foreach (var operation in operations)
        {
            if (Captured(operation, start) is { } type) return type;
            if (operation is IInvocationOperation call && InMethod(call.TargetMethod, hops) is { } inside) return inside;
        }

        return null;
    }

    private ITypeSymbol? InMethod(IMethodSymbol method, int hops)
    {
        if (hops == 0 || model.SourceBodies.Of(method) is not { } body) return null;
        foreach (var frame in body.Frames)
        {
            if (frame.Outer is null && In(frame.Root.DescendantsAndSelf(), frame.Root, hops - 1) is { } type) return type;
        }

        return null;
    }

    /// <summary>A unit of work that exists outside of <paramref name="start"/>: a field, or a local declared elsewhere.</summary>
    private ITypeSymbol? Captured(IOperation? operation, IOperation start)
    {
        var symbol = operation switch
        {
            IFieldReferenceOperation field => (ISymbol)field.Field,
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
            ILocalReferenceOperation local when !DeclaredInside(local.Local, start) => local.Local,
            IParameterReferenceOperation parameter when !DeclaredInside(parameter.Parameter, start) => parameter.Parameter,
            _ => null,
        };
        return symbol is not null && model.Catalogue.Of(operation!.Type)?.Sharing == Sharing.UnitOfWork ? operation.Type : null;
    }

    private static bool DeclaredInside(ISymbol symbol, IOperation start)
    {
        if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } }) return true; // of a callee: its argument is seen at the call
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == start.Syntax.SyntaxTree && start.Syntax.Span.Contains(reference.Span)) return true;
        }

        return false;
    }
}
