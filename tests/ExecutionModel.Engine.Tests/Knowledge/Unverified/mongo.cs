// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace MongoDB.Driver
{
    public interface IMongoClient
    {
        object GetDatabase(object key);
        Task<object> StartSessionAsync(object key);
    }

    public interface IMongoDatabase
    {
        object GetCollection(object key);
        Task<object> CreateCollectionAsync(object key);
    }

    public interface IMongoCollection<T1>
    {
        Task<object> FindAsync(object key);
        Task<object> CountDocumentsAsync(object key);
        Task<object> EstimatedDocumentCountAsync(object key);
        Task<object> DistinctAsync(object key);
        Task<object> InsertOneAsync(object key);
    }

    public static class IMongoCollectionExtensions
    {
        public static IEnumerable<object> Find(this object source, object key) => throw null!;
        public static IEnumerable<object> Aggregate(this object source, object key) => throw null!;
        public static IEnumerable<object> AsQueryable(this object source, object key) => throw null!;
        public static Task<object> FindAsync(this object source, object key) => throw null!;
        public static Task<object> CountDocumentsAsync(this object source, object key) => throw null!;
    }

    public interface IAsyncCursorSource<T1>;

    public static class IAsyncCursorSourceExtensions
    {
        public static object ToList(this object source, object key) => throw null!;
        public static object Any(this object source, object key) => throw null!;
        public static object First(this object source, object key) => throw null!;
        public static object FirstOrDefault(this object source, object key) => throw null!;
        public static object Single(this object source, object key) => throw null!;
        public static object SingleOrDefault(this object source, object key) => throw null!;
        public static Task<object> ToListAsync(this object source, object key) => throw null!;
        public static Task<object> AnyAsync(this object source, object key) => throw null!;
        public static Task<object> FirstAsync(this object source, object key) => throw null!;
        public static Task<object> FirstOrDefaultAsync(this object source, object key) => throw null!;
        public static Task<object> SingleAsync(this object source, object key) => throw null!;
        public static Task<object> SingleOrDefaultAsync(this object source, object key) => throw null!;
    }

    public interface IAsyncCursor<T1>
    {
        Task<object> MoveNextAsync(object key);
    }

    public interface IClientSessionHandle
    {
        Task<object> CommitTransactionAsync(object key);
        Task<object> AbortTransactionAsync(object key);
    }
}
