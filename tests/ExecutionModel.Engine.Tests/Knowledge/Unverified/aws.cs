// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Amazon.DynamoDBv2.DataModel
{
    public interface IDynamoDBContext
    {
        Task<object> LoadAsync(object key);
        Task<object> SaveAsync(object key);
        Task<object> DeleteAsync(object key);
    }
}

namespace Amazon.DynamoDBv2
{
    public interface IAmazonDynamoDB : Amazon.Runtime.IAmazonService
    {
        Task<object> DescribeTableAsync(object request);
        Task<object> BatchGetItemAsync(object request);
        Task<object> QueryAsync(object request);
        Task<object> ScanAsync(object request);
    }

    public abstract class AmazonDynamoDBClient : Amazon.Runtime.AmazonServiceClient
    {
        protected AmazonDynamoDBClient() : base((Amazon.Runtime.AWSCredentials)null!, null!) { }

        public Task<object> DescribeTableAsync(object request) => throw null!;
        public Task<object> BatchGetItemAsync(object request) => throw null!;
        public Task<object> QueryAsync(object request) => throw null!;
        public Task<object> ScanAsync(object request) => throw null!;
    }
}
