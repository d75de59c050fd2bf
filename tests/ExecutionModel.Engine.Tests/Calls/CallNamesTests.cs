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
}
