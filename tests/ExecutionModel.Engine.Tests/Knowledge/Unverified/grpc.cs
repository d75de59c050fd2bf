// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Grpc.Core
{
    public class ClientBase;

    public class ChannelBase;

    public class CallInvoker;

    public interface IAsyncStreamReader<T1>
    {
        object MoveNext(object key);
    }

    public interface IAsyncStreamWriter<T1>
    {
        Task<object> WriteAsync(object key);
    }

    public interface IClientStreamWriter<T1> : IAsyncStreamWriter<T1>
    {
        Task<object> CompleteAsync(object key);
    }

    public class Metadata;

    public class ServerCallContext;

    public class BindServiceMethodAttribute : System.Attribute;
}

namespace Grpc.Net.Client
{
    public class GrpcChannel : Grpc.Core.ChannelBase
    {
        public static GrpcChannel ForAddress(string address) => throw null!;
    }
}

namespace Google.Protobuf
{
    public interface IMessage;
}

namespace Orders
{
    public class OrdersClient : Grpc.Core.ClientBase
    {
        public Task<object> GetOrderAsync(object request) => throw null!;
        public Task<object> ListOrdersAsync(object request) => throw null!;
        public Task<object> FindOrdersAsync(object request) => throw null!;
        public Task<object> SearchOrdersAsync(object request) => throw null!;
        public Task<object> QueryOrdersAsync(object request) => throw null!;
        public Task<object> LookupOrderAsync(object request) => throw null!;
        public Task<object> CountOrdersAsync(object request) => throw null!;
        public Task<object> ExistsOrderAsync(object request) => throw null!;
        public Task<object> DescribeOrderAsync(object request) => throw null!;
        public Task<object> PlaceOrderAsync(object request) => throw null!;
    }
}
