// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace BCrypt.Net
{
    public static class BCrypt
    {
        public static object HashPassword(object key) => throw null!;
        public static object HashPassword(object key, int workFactor) => throw null!;
        public static object HashPassword(object key, int workFactor, object entropy) => throw null!;
        public static object EnhancedHashPassword(object key) => throw null!;
        public static object EnhancedHashPassword(object key, int workFactor) => throw null!;
        public static object EnhancedHashPassword(object key, int workFactor, object type) => throw null!;
        public static object Verify(object key) => throw null!;
        public static object EnhancedVerify(object key) => throw null!;
        public static object ValidateAndReplacePassword(object key) => throw null!;
    }
}

namespace Konscious.Security.Cryptography
{
    public class Argon2
    {
        public object GetBytes(object key) => throw null!;
        public Task<object> GetBytesAsync(object key) => throw null!;
    }
}

namespace Isopoh.Cryptography.Argon2
{
    public class Argon2
    {
        public object Hash(object key) => throw null!;
        public object Verify(object key) => throw null!;
    }
}

namespace Scrypt
{
    public class ScryptEncoder
    {
        public object Encode(object key) => throw null!;
        public object Compare(object key) => throw null!;
    }
}

namespace Org.BouncyCastle.Crypto.Generators
{
    public class SCrypt
    {
        public object Generate(object key) => throw null!;
    }

    public class BCrypt
    {
        public object Generate(object key) => throw null!;
    }

    public class RsaKeyPairGenerator
    {
        public object GenerateKeyPair() => throw null!;
    }

    public class DsaParametersGenerator
    {
        public object GenerateParameters() => throw null!;
    }

    public class DHParametersGenerator
    {
        public object GenerateParameters() => throw null!;
    }
}
