using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>Who runs a piece of code: a web request, a UI event, a worker, a test.</summary>
public sealed class AppModel(ProgramModel model)
{
    /// <summary>The member belongs to a test, a benchmark or a migration: rules are silent there by default.</summary>
    public bool IsTestCode(ISymbol member) => false;

    /// <summary>Who runs this frame; <see cref="Host.Unstated"/> for library code.</summary>
    public Host HostOf(Frame frame) => model.Catalogue.Of(frame.Method?.ContainingType) is { } facts ? facts.Host : Host.Unstated;
}
