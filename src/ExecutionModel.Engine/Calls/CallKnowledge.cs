using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>Answers: what does this call wait for? Order of belief: attributes, the user's catalogue, the built-in one, the body, the services behind an interface, names.</summary>
public sealed class CallKnowledge(ProgramModel model)
{
    public CallFacts Of(IInvocationOperation call) => Of(call.TargetMethod);

    public CallFacts Of(IMethodSymbol method)
    {
        if (model.Catalogue.Of(method) is { Waiting: not Waiting.Unstated } facts)
            return new CallFacts(facts.Waiting, facts.Likely ? Confidence.Likely : Confidence.Certain, facts.Source);
        return CallFacts.Unknown("no entry");
    }
}
