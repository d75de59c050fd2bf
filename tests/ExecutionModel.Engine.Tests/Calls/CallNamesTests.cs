using ExecutionModel.Engine.Calls;

namespace ExecutionModel.Engine.Tests.Calls;

public sealed class CallNamesTests
{
    [Theory]
    [InlineData("LockAsync")]
    [InlineData("AsyncLock")]
    [InlineData("EnterWriteLock")]
    [InlineData("TryEnter")]
    [InlineData("AcquireLeaseAsync")]
    [InlineData("BeginTransactionAsync")]
    [InlineData("TransactionScope")]
    [InlineData("SuppressFlow")]
    public void OpensRegion_LocksLeasesAndTransactions_Yes(string name) => Assert.True(CallNames.OpensRegion(name));

    [Theory]
    [InlineData("GetEnterpriseAsync")]
    [InlineData("GetBlockAsync")]
    [InlineData("GetTransactionAsync")]
    [InlineData("ListTransactionsAsync")]
    [InlineData("Unlocked")]
    public void OpensRegion_WordsThatOnlyContainOne_No(string name) => Assert.False(CallNames.OpensRegion(name));

    [Theory]
    [InlineData("PriceClient")]
    [InlineData("WeatherApi")]
    [InlineData("IPaymentGateway")]
    public void LooksRemote_ClientsOfAnotherServer_Yes(string type) => Assert.True(CallNames.LooksRemote(type));

    [Theory]
    [InlineData("InMemoryCacheClient")]
    [InlineData("FakePriceApi")]
    [InlineData("MockGateway")]
    [InlineData("NullProxy")]
    [InlineData("SmtpClient")]
    [InlineData("Shop")]
    public void LooksRemote_StandInsAndSessions_No(string type) => Assert.False(CallNames.LooksRemote(type));
}
