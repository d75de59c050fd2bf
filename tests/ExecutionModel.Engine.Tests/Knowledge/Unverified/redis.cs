// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace StackExchange.Redis
{
    public interface IConnectionMultiplexer
    {
        object GetDatabase(object key);
        object GetServer(object key);
        object GetServers(object key);
        object GetSubscriber(object key);
    }

    public class ConnectionMultiplexer
    {
        public static Task<object> ConnectAsync(object key) => throw null!;
        public static object Connect(object key) => throw null!;
    }

    public class ConfigurationOptions;

    public interface IRedisAsync;

    public interface IDatabaseAsync : IRedisAsync
    {
        Task<object> StringGetAsync(object key);
        Task<object> StringLengthAsync(object key);
        Task<object> StringBitCountAsync(object key);
        Task<object> HashGetAsync(object key);
        Task<object> HashGetAllAsync(object key);
        Task<object> HashExistsAsync(object key);
        Task<object> HashKeysAsync(object key);
        Task<object> HashValuesAsync(object key);
        Task<object> HashLengthAsync(object key);
        Task<object> KeyExistsAsync(object key);
        Task<object> KeyTimeToLiveAsync(object key);
        Task<object> KeyTypeAsync(object key);
        Task<object> ListRangeAsync(object key);
        Task<object> ListLengthAsync(object key);
        Task<object> ListGetByIndexAsync(object key);
        Task<object> SetMembersAsync(object key);
        Task<object> SetContainsAsync(object key);
        Task<object> SetLengthAsync(object key);
        Task<object> SortedSetRangeByRankAsync(object key);
        Task<object> SortedSetRangeByScoreAsync(object key);
        Task<object> SortedSetScoreAsync(object key);
        Task<object> SortedSetRankAsync(object key);
        Task<object> SortedSetLengthAsync(object key);
        Task<object> GeoPositionAsync(object key);
        Task<object> GeoSearchAsync(object key);
        Task<object> StreamLengthAsync(object key);
        Task<object> StreamRangeAsync(object key);
        Task<object> StringSetAsync(object key);
        IAsyncEnumerable<object> HashScanAsync(object key);
        IAsyncEnumerable<object> SetScanAsync(object key);
        IAsyncEnumerable<object> SortedSetScanAsync(object key);
        Task<object> LockTakeAsync(object key);
    }

    public interface IDatabase : IDatabaseAsync
    {
        object StringGet(object key);
        object StringLength(object key);
        object StringBitCount(object key);
        object HashGet(object key);
        object HashGetAll(object key);
        object HashExists(object key);
        object HashKeys(object key);
        object HashValues(object key);
        object HashLength(object key);
        object KeyExists(object key);
        object KeyTimeToLive(object key);
        object KeyType(object key);
        object ListRange(object key);
        object ListLength(object key);
        object ListGetByIndex(object key);
        object SetMembers(object key);
        object SetContains(object key);
        object SetLength(object key);
        object SortedSetRangeByRank(object key);
        object SortedSetRangeByScore(object key);
        object SortedSetScore(object key);
        object SortedSetRank(object key);
        object SortedSetLength(object key);
        object StringSet(object key);
        object StringIncrement(object key);
        object StringDecrement(object key);
        object HashSet(object key);
        object HashDelete(object key);
        object HashIncrement(object key);
        object KeyDelete(object key);
        object KeyExpire(object key);
        object ListLeftPush(object key);
        object ListRightPush(object key);
        object ListLeftPop(object key);
        object ListRightPop(object key);
        object SetAdd(object key);
        object SetRemove(object key);
        object SortedSetAdd(object key);
        object SortedSetRemove(object key);
        object LockTake(object key);
        object LockRelease(object key);
        object ScriptEvaluate(object key);
        object Publish(object key);
        object CreateBatch(object key);
        object CreateTransaction(object key);
    }

    public interface IBatch : IDatabaseAsync
    {
        Task<object> AnyAsync(object key);
        void Execute();
    }

    public interface ITransaction : IBatch
    {
        object AddCondition(object key);
        bool Execute(object key);
        Task<bool> ExecuteAsync(object key);
    }

    public interface ISubscriber
    {
        Task<object> PublishAsync(object key);
        Task<object> SubscribeAsync(object key);
        Task<object> UnsubscribeAsync(object key);
    }

    public interface IServer
    {
        IEnumerable<object> Keys(object key);
        IAsyncEnumerable<object> KeysAsync(object key);
    }

    public readonly struct RedisValue;

    public readonly struct RedisKey;

    public readonly struct HashEntry;
}
