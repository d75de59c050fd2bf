// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Threading.Tasks;

namespace ZiggyCreatures.Caching.Fusion
{
    public interface IFusionCache
    {
        ValueTask<object> GetOrSetAsync(object key);
        ValueTask SetAsync(object key);
        ValueTask RemoveAsync(object key);
        ValueTask ExpireAsync(object key);
        ValueTask RemoveByTagAsync(object key);
        ValueTask ClearAsync(object key);
        object GetOrSet(object key);
        void Set(object key);
        void Remove(object key);
        void Expire(object key);
        void RemoveByTag(object key);
        void Clear(object key);
    }
}
