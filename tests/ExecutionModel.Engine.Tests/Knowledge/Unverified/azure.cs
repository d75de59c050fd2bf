// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Azure.Core
{
    public class TokenCredential
    {
        public Task<object> GetTokenAsync(object key) => throw null!;
    }
}

namespace Azure.Storage.Blobs
{
    public class BlobServiceClient
    {
        public object GetBlobContainerClient(object key) => throw null!;
        public IAsyncEnumerable<object> GetBlobContainersAsync(object key) => throw null!;
        public Task<object> GetPropertiesAsync(object key) => throw null!;
        public Task<object> GetAccountInfoAsync(object key) => throw null!;
        public Task<object> CreateBlobContainerAsync(object key) => throw null!;
    }

    public class BlobContainerClient
    {
        public object GetBlobClient(object key) => throw null!;
        public object GetBlockBlobClient(object key) => throw null!;
        public IAsyncEnumerable<object> GetBlobsAsync(object key) => throw null!;
        public IAsyncEnumerable<object> GetBlobsByHierarchyAsync(object key) => throw null!;
        public Task<object> ExistsAsync(object key) => throw null!;
        public Task<object> GetPropertiesAsync(object key) => throw null!;
        public Task<object> CreateAsync(object key) => throw null!;
        public Task<object> CreateIfNotExistsAsync(object key) => throw null!;
        public Task<object> DeleteAsync(object key) => throw null!;
    }
}

namespace Azure.Storage.Blobs.Specialized
{
    public class BlobBaseClient
    {
        public Task<object> DownloadAsync(object key) => throw null!;
        public Task<object> DownloadContentAsync(object key) => throw null!;
        public Task<object> DownloadStreamingAsync(object key) => throw null!;
        public Task<object> ExistsAsync(object key) => throw null!;
        public Task<object> GetPropertiesAsync(object key) => throw null!;
        public Task<object> GetTagsAsync(object key) => throw null!;
        public Task<object> OpenReadAsync(object key) => throw null!;
        public Task<object> DeleteAsync(object key) => throw null!;
    }
}

namespace Azure.Storage.Queues
{
    public class QueueClient
    {
        public Task<object> SendMessageAsync(object key) => throw null!;
    }
}

namespace Azure.Data.Tables
{
    public class TableClient
    {
        public Task<object> GetEntityAsync(object key) => throw null!;
        public Task<object> GetEntityIfExistsAsync(object key) => throw null!;
        public IAsyncEnumerable<object> QueryAsync(object key) => throw null!;
        public Task<object> UpsertEntityAsync(object key) => throw null!;
    }
}

namespace Azure.Messaging.ServiceBus
{
    public class ServiceBusClient
    {
        public object CreateSender(object key) => throw null!;
        public object CreateReceiver(object key) => throw null!;
        public object CreateProcessor(object key) => throw null!;
    }

    public class ServiceBusSender
    {
        public Task<object> SendMessageAsync(object key) => throw null!;
    }

    public class ServiceBusReceiver
    {
        public Task<object> CompleteMessageAsync(object key) => throw null!;
        public Task<object> ReceiveMessagesAsync(object key) => throw null!;
        public Task<object> PeekMessagesAsync(object key) => throw null!;
    }
}

namespace Azure.Messaging.EventHubs.Producer
{
    public class EventHubProducerClient
    {
        public Task<object> SendAsync(object key) => throw null!;
    }
}

namespace Azure.Security.KeyVault.Secrets
{
    public class SecretClient
    {
        public Task<object> GetSecretAsync(object key) => throw null!;
        public Task<object> SetSecretAsync(object key) => throw null!;
    }
}

namespace Microsoft.Azure.Cosmos
{
    public class CosmosClient
    {
        public object GetContainer(object key) => throw null!;
        public object GetDatabase(object key) => throw null!;
        public Task<object> CreateDatabaseIfNotExistsAsync(object key) => throw null!;
    }

    public class Database
    {
        public object GetContainer(object key) => throw null!;
        public Task<object> CreateContainerIfNotExistsAsync(object key) => throw null!;
    }

    public class Container
    {
        public Task<object> ReadItemAsync(object key) => throw null!;
        public Task<object> ReadItemStreamAsync(object key) => throw null!;
        public Task<object> ReadManyItemsAsync(object key) => throw null!;
        public Task<object> ReadContainerAsync(object key) => throw null!;
        public Task<object> UpsertItemAsync(object key) => throw null!;
        public IEnumerable<object> GetItemQueryIterator(object key) => throw null!;
        public IEnumerable<object> GetItemLinqQueryable(object key) => throw null!;
    }

    public class FeedIterator<T1>
    {
        public Task<object> ReadNextAsync(object key) => throw null!;
    }
}

namespace Azure.Core.Pipeline
{
    public class HttpPipeline;
}
