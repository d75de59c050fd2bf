// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace MediatR
{
    public interface IRequestHandler<T1>;

    public interface IRequestHandler<T1, T2>;

    public interface INotificationHandler<T1>;

    public interface IStreamRequestHandler<T1, T2>;

    public interface IPipelineBehavior<T1, T2>;
}

namespace Mediator
{
    public interface IRequestHandler<T1, T2>;

    public interface ICommandHandler<T1, T2>;

    public interface IQueryHandler<T1, T2>;
}

namespace NServiceBus
{
    public interface IHandleMessages<T1>;
}

namespace Rebus.Handlers
{
    public interface IHandleMessages<T1>;
}

namespace DotNetCore.CAP
{
    public class CapSubscribeAttribute : System.Attribute;
}

namespace FastEndpoints
{
    public class BaseEndpoint;
}

namespace Microsoft.Azure.Functions.Worker
{
    public class FunctionAttribute : System.Attribute;
}

namespace Microsoft.Azure.WebJobs
{
    public class FunctionNameAttribute : System.Attribute;
}

namespace Wolverine
{
    public interface IWolverineHandler;
}

namespace Wolverine.Attributes
{
    public class WolverineHandlerAttribute : System.Attribute;
}

namespace Amazon.Lambda.Core
{
    public interface ILambdaContext;
}

namespace Amazon.Lambda.Annotations
{
    public class LambdaFunctionAttribute : System.Attribute;
}

namespace Quartz
{
    public interface IJob;
}

namespace Coravel.Invocable
{
    public interface IInvocable;
}

namespace Orleans
{
    public class Grain;

    public interface IGrain;
}

namespace Dapr.Actors.Runtime
{
    public class Actor;
}

namespace Akka.Actor
{
    public class ActorBase;
}

namespace Microsoft.DurableTask
{
    public class TaskOrchestrator<T1, T2>;

    public class TaskOrchestrationContext;
}

namespace Microsoft.Azure.WebJobs.Extensions.DurableTask
{
    public interface IDurableOrchestrationContext;
}

namespace DurableTask.Core
{
    public class TaskOrchestration;
}

namespace Temporalio.Workflows
{
    public class WorkflowAttribute : System.Attribute;
}

namespace Dapr.Workflow
{
    public class Workflow<T1, T2>;
}

namespace Elsa.Workflows
{
    public class WorkflowBase;
}
