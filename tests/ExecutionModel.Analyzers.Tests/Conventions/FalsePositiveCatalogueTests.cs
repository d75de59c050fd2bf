using System.Text.RegularExpressions;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>
/// The shapes that analyzers of blocking calls, forgotten tasks and awaits in turn are known to report wrongly, by their numbers in the survey of such
/// analyzers, and the tests that hold each of them. A number without a test says why no rule can meet it.
/// </summary>
public sealed partial class FalsePositiveCatalogueTests
{
    private const int Shapes = 81;

    private const string Table = """
        Blocking calls
        1  X() inside XAsync() itself: BlockingIo.OwnSynchronousForm_IsSilent BlockingIo.OwnSynchronousFormOfTheMethod_IsSilent BlockingOnTask.WrapperThatItsOwnAsyncMethodCalls_IsSilent
        2  an interface asks for a task: BlockingIo.InterfaceThatOnlyReturnsATask_IsSilent BlockingOnTask.FakeAsyncWithoutATask_IsSilent BlockingShape.TaskReturningFormOfAnInterface_IsSilent
        3  an awaitable assertion of the same name: BlockingShape.AwaitableAssertionOfTheSameName_IsSilent
        4  Raise and RaiseAsync of a mock: BlockingShape.EventsRaisedByAMock_IsSilent
        5  Add and AddRange of EF: BlockingIo.DbSetAdd_IsSilent
        6  CreateDbContext: BlockingIo.CreateDbContext_IsSilent
        7  a using of ADO.NET: BlockingShape.UsingOfAdoNet_IsSilent BlockingIoFix.Fix_KeepsTheUsingOfWhatHasNothingToAwait
        8  streams and text in memory: BlockingIo.ReceiverInMemory_IsSilent BlockingIo.HelperOverMemory_IsSilent
        9  SQLite: BlockingIo.Sqlite_IsSilent
        10 waits of no time: BlockingOnTask.WaitOfNoTime_IsSilent BlockingWait.TryingOnly_IsSilent
        11 the console: BlockingIo.Console_IsSilent
        12 WaitForExit without an async form: BlockingWait.WaitForExitBeforeItHadAnAsyncForm_IsSilent BlockingWait.WaitForExitWithATimeout_HasNoFormOfTheSameMeaning_IsSilent
        13 Cancel and CancelAsync: BlockingWait.CancelOfATokenSource_IsSilent BlockingShape.CancellationOnThisThread_IsSilent
        14 a registration given up in a local function: BlockingShape.RegistrationGivenUpInALocalFunction_IsSilent
        15 synchronous lambdas and local functions: BlockingOnTask.SynchronousLambda_IsSilent BlockingOnTask.SynchronousLocalFunction_IsSilent BlockingIo.InASynchronousLambda_IsSilent BlockingIo.InASynchronousLocalFunction_IsSilent BlockingWait.InASynchronousLambda_IsSilent
        16 a lambda that async Main registers: BlockingOnTask.LambdaEvaluatedAtRegistrationInAsyncMain_IsSilent BlockingOnTask.LambdaOfAnotherCall_IsSilent BlockingShape.OptionsEvaluatedAtRegistrationInAsyncMain_IsSilent
        17 another operation of that name: BlockingIo.AnotherOperationOfThatName_IsSilent
        18 a constraint assertion: BlockingShape.ConstraintAssertion_IsSilent
        19 an exception expected of a synchronous delegate: BlockingShape.ExceptionExpectedOfASynchronousDelegate_IsSilent
        20 Result after WhenAll: BlockingOnTask.AfterWhenAll_IsSilent BlockingOnTask.AfterWhenAllOfACollection_IsSilent BlockingOnTask.AfterWhenAllInALocal_IsSilent
        21 Result of a task that was asked whether it is done: BlockingOnTask.IsCompletedSuccessfully_IsSilent BlockingOnTask.ValueTaskIsCompletedSuccessfully_IsSilent BlockingOnTask.StatusRanToCompletion_IsSilent BlockingOnTask.StatusPattern_IsSilent
        22 Result of an antecedent: BlockingOnTask.Antecedent_IsSilent
        23 a copy into a completion source: BlockingOnTask.CopyToACompletionSource_IsSilent BlockingShape.CopyOfATaskIntoACompletionSource_IsSilent
        24 a ValueTask that was awaited before (the report is right): BlockingOnTask.ValueTaskAfterAwait_Reports BlockingOnTaskFix.ValueTaskAskedTwice_HasNoFix
        25 nameof: BlockingOnTask.NameOf_IsSilent BlockingIo.InsideNameof_IsSilent
        26 inside a lock: BlockingOnTask.Lock_IsSilent BlockingIo.InALock_IsSilent BlockingWait.InALock_IsSilent
        27 inside an expression tree: BlockingOnTask.ExpressionTree_IsSilent BlockingOnTask.QueryableExpression_IsSilent BlockingIo.InAnExpressionTree_IsSilent BlockingShape.ExpressionOfATree_IsSilent
        28 bool async: BlockingOnTask.SynchronousSideOfADualPath_IsSilent BlockingIo.DualPath_IsSilent BlockingIo.DualPathByStatement_IsSilent BlockingWait.DualPath_IsSilent
        29 clauses of a query: BlockingOnTask.QueryClause_IsSilent BlockingIo.InAQueryClause_IsSilent BlockingShape.ClauseOfAQuery_IsSilent
        30 fields of a buffered row: BlockingIo.FieldsOfABufferedRow_IsSilent
        31 XML without the async setting: BlockingShape.XmlWithoutTheAsyncSetting_IsSilent
        32 a validator of objects: BlockingShape.ValidatorOfAnObject_IsSilent
        33 Find of MongoDB: BlockingShape.QueryOfDocumentsThatIsOnlyBuilt_IsSilent
        34 an obsolete async form: BlockingIo.ObsoleteCounterpart_IsSilent BlockingShape.ConverterWithAnObsoleteAsyncForm_IsSilent
        35 an async form that only the base class has: BlockingShape.AsyncFormThatOnlyTheBaseClassHas_IsSilent
        36 XAsync that returns nothing: BlockingShape.FormThatReturnsNothing_IsSilent
        37 Main and top-level statements: BlockingOnTask.SynchronousMain_IsSilent BlockingOnTask.TopLevelStatementsWithoutAwait_AreSilent_IsSilent BlockingIo.InMain_IsSilent BlockingWait.AtStart_IsSilent
        38 a span that lives on: BlockingOnTask.SpanAcross_IsSilent BlockingIo.SpanLiveAcross_IsSilent BlockingShape.SpanThatLivesOn_IsSilent
        39 the fix of WaitAll, WaitAny and timeouts: BlockingOnTaskFix.WaitAll_BecomesWhenAll BlockingOnTaskFix.WaitAnyForItsIndex_HasNoFix BlockingOnTaskFix.WaitAllWithTimeout_HasNoFix BlockingOnTaskFix.WaitWithTimeout_HasNoFix
        40 the fix inside an argument: BlockingOnTaskFix.ArgumentOfACall_KeepsTheCall BlockingOnTaskFix.CallOfTheResult_IsTakenFromTheRightSubtree BlockingIoFix.Fix_NestedInArguments
        41 a gatekeeper: BlockingOnTask.GatekeeperInSynchronousCode_IsSilent ThreadPerIo.Gatekeeper_IsSilent
        42 a short sleep: BlockingWait.ShortSleep_IsSilent

        Lifetime, fire and forget, async void
        43 forgotten on purpose: ThreadPerIo.StartedWithoutWaiting_IsSilent AsyncVoidBody.FireAndForget_IsSilent UnjoinedTasks.FireAndForget_IsSilent UnboundedFanOut.FireAndForget_IsSilent
        44 event handlers: AsyncVoidBody.EventHandlers_IsSilent AsyncVoidBody.EventWithArgumentsOfItsOwn_IsSilent AsyncVoidBody.Subscription_IsSilent
        45 a task that owns its resource, or is joined elsewhere: UnjoinedTasks.JoinedByAMethodOfTheProject_IsSilent UnjoinedTasks.ResourceThatTheTaskOwns_IsSuggestion
        46 returning the task instead of awaiting it - no rule advises to drop an await
        47 arguments checked after an await: SequentialAwaitsShape.ArgumentCheckedBetween_IsSilent
        48 the fix and its token: BlockingIoFix.Fix_TokenOfTheEnumeration BlockingIoFix.Fix_DoesNotHandTheTokenToAListOfKeys BlockingIoFix.Fix_TokenOfTheOuterFunction

        Awaits in turn and in loops
        49 the first match wins: SequentialAwaits.EarlyReturnBetween_IsSilent SequentialLoop.FirstMatchWins_IsSilent SequentialLoopShape.Peer49_FallbackChain_IsSilent QueryPerItem.FirstMatch_IsSilent
        50 the next request needs the last answer: SequentialAwaits.SecondUrlComputedFromFirst_IsSilent SequentialLoop.NextPageFromTheLast_IsSilent SequentialLoopShape.Peer50_ParentWalk_IsSilent QueryPerItem.ParentWalk_IsSilent UnboundedFanOut.WalkOfATreeWithAGateAroundItsIo_IsSilent
        51 retry, back-off, polling: SequentialAwaits.DelayThenGet_IsSilent SequentialLoop.Retry_IsSilent SequentialLoop.PollingUntilDone_IsSilent SequentialLoopShape.Peer51_BackOff_IsSilent QueryPerItem.Retried_IsSilent
        52 a limited rate: SequentialAwaits.AttributeSequential_IsSilent SequentialLoop.DelayInTheTurn_IsSilent SequentialLoopShape.L5_RateLimiterInTheTurn_IsSilent SequentialLoopShape.Peer52_DeliberatelySerial_IsSilent QueryPerItem.Throttled_IsSilent UnboundedFanOut.RateLimiterInTheLambda_IsSilent
        53 one stream, session or socket: SequentialAwaits.TwoReadsOfOneStream_AreSilent SequentialAwaits.TwoReadsOverOneSession_AreSilent SequentialAwaitsShape.TwoMessagesOfOneSocket_AreSilent SequentialLoop.OrderedSink_IsSilent SequentialLoopShape.Peer53_StatefulSession_IsSilent
        54 one context or connection: SequentialAwaits.TwoQueriesOnOneContext_AreSilent SequentialAwaits.TwoCommandsOnOneConnection_AreSilent SequentialLoop.QueryPerItemOnOneContext_IsSilent UnboundedFanOut.SharedContext_IsSilent
        55 two services over one context: SequentialAwaits.RepositoriesBehindInterfacesOverOneContext_AreSilent SequentialAwaits.ServicesSharingOneContextThreeConstructorsDown_AreSilent SequentialLoopShape.Peer55_ServicesOverOneContext_IsSilent UnboundedFanOut.SharedContextBehindARepository_IsSilent
        56 output in order: SequentialAwaits.TwoLinesToOneWriter_AreSilent SequentialLoopShape.L2_ListFilledAndAskedFor_IsSilent SequentialLoopShape.Peer56_OutputShownInOrder_IsSilent
        57 requests that change something: SequentialAwaits.TwoPosts_AreSilent SequentialAwaits.PostThenGet_IsSilent SequentialLoop.PostPerItem_IsSilent SequentialLoopShape.Peer57_DeletePerItem_IsSilent
        58 dialogs and tests: SequentialAwaits.DialogsInTurn_AreSilent SequentialAwaits.TestMethod_IsSilent SequentialLoopShape.Peer58_DialogPerItem_IsSilent SequentialLoopShape.TestMethod_IsSilent
        59 seeds and migrations: SequentialAwaitsShape.SeedOfParentsThenChildren_IsSilent SequentialLoopShape.Peer59_ParentBeforeChild_IsSilent SequentialLoopShape.Peer59_SeedStepsInTurn_IsSilent SequentialLoopShape.Peer59_MigrationsInTurn_IsSilent QueryPerItem.Seed_IsSilent QueryPerItem.ScriptsInTurn_IsSilent
        60 streams that are read: SequentialLoopShape.Peer60_LinesOfAStream_IsSilent SequentialLoopShape.Peer60_StreamThatIsOnlyRead_IsSilent QueryPerItem.StreamedRows_IsSilent
        61 an await in the header: SequentialLoopShape.Peer61_AwaitInTheHeader_IsSilent QueryPerItem.AwaitInTheHeader_IsSilent
        62 an await that may not run: SequentialAwaits.ConditionalAwait_IsSilent SequentialLoop.ShortCircuitedFlags_AreSilent_IsSilent SequentialLoopShape.Peer62_CallThatMayNotRun_Suggests
        63 what a cache answers: SequentialAwaits.CacheLookups_AreSilent SequentialAwaitsServices.ReadsThatACacheAnswers_AreSilent SequentialAwaitsShape.ReadsThatAreRemembered_AreSilent SequentialLoopShape.Peer63_Memoized_IsSilent SequentialLoopShape.Peer63_AnsweredByACache_IsSilent QueryPerItem.CacheMiss_IsSilent QueryPerItem.AnsweredByACache_IsSilent UnboundedFanOut.InMemoryLookups_IsSilent
        64 a gate in front: SequentialAwaits.AuthorizeThenGet_IsSilent SequentialAwaits.OpenThenRead_IsSilent SequentialLoop.GuardThatThrows_IsSilent SequentialLoopShape.Peer64_GateInFrontOfTheRead_IsSilent
        65 progress and callbacks: SequentialAwaits.ProgressReportedBetween_IsSilent SequentialAwaitsShape.EventRaisedBetween_IsSilent SequentialLoop.ProgressPerTurn_IsSilent SequentialLoopShape.Peer65_CallbackBetweenTurns_IsSilent
        66 tasks that run already: SequentialAwaits.AlreadyStartedTasks_AreSilent SequentialLoopShape.Peer66_TasksThatRunAlready_IsSilent UnjoinedTasks.TasksOfSomebodyElse_IsSilent UnboundedFanOut.RunningTasks_IsSilent
        67 save, then notify: SequentialAwaits.SaveThenPublish_IsSilent SequentialLoopShape.Peer67_SaveThenNotify_IsSilent SequentialLoopShape.Peer67_ReadThenNotify_IsSilent QueryPerItem.CommitAfterASentRequest_IsSilent
        68 ambient state: SequentialAwaits.InsideTransactionScope_IsSilent SequentialAwaits.CultureSetBetween_IsSilent SequentialAwaitsShape.AmbientStateSetBetween_IsSilent SequentialLoopShape.Peer68_CulturePerTurn_IsSilent SequentialLoopShape.Peer68_AmbientState_IsSilent BlockingOnTask.TransactionScopeOfTheThread_IsSilent

        Concurrency and shared state
        69 a fixed small set: UnboundedFanOut.ExplicitTasks_IsSilent UnboundedFanOut.ArrayLiteral_IsSilent UnboundedFanOut.EnumValues_IsSilent UnboundedFireAndForget.SmallSource_IsSilent
        70 a gate in the lambda, or chunks: UnboundedFanOut.GateInTheLambda_IsSilent UnboundedFanOut.RateLimiterInTheLambda_IsSilent UnboundedFanOut.LoopOverChunks_IsSilent UnboundedFireAndForget.GateInTheOperation_IsSilent
        71 look-ups in memory: UnboundedFanOut.InMemoryLookups_IsSilent UnboundedFireAndForget.WorkInMemory_IsSilent
        72 a handler or pipeline with a limit: UnboundedFanOut.MaxConnectionsOfTheType_IsSilent UnboundedFanOut.PollyPipelineInTheLambda_IsSilent UnboundedFireAndForget.LimitedConnections_IsSilent
        73 own slots, interlocked, concurrent collections, locks, thread-local sums: SharedCollection.OwnGuardedOrSafe_IsSilent LostUpdate.OwnGuardedOrAlone_IsSilent
        74 parallel I/O of a tool with a limit: ThreadPerIo.LimitInATool_IsSilent
        75 Add before the first await: SharedCollection.BeforeTheFirstAwait_IsSilent
        76 an unbounded queue whose producer is bounded: UnboundedQueue.BoundedProducer_IsSilent
        77 a context per operation: SharedUnsafeService.ScopePerItem_IsSilent SharedUnsafeService.RepositoryWithAFactory_IsSilent SharedUnsafeService.OwnInTurnOrSafe_IsSilent
        78 little computing, start-up, background service, benchmark: CpuWorkOnAsyncPath.HashOfSmallPayload_IsSilent CpuWorkOnAsyncPath.StartUpOfWebApplication_IsSilent CpuWorkOnAsyncPath.BackgroundServiceFromNet10On_IsSilent CpuWorkOnAsyncPath.TestMethod_IsSilent
        79 Task.Run for computing in a UI: CpuWorkOnAsyncPath.TaskRunInUi_IsSilent ThreadPerIo.TaskRunInAUi_IsSilent
        80 FromResult for an interface: FakeAsync.InterfaceMember_IsSilent CpuWorkOnAsyncPath.LibraryMethodOfAnInterface_IsSilent
        81 generated code, migrations, set-up: SequentialAwaitsFixText.Fix_GeneratedCodeAndPragmas_AreLeftAlone BlockingIo.Migrations_IsSilent UnboundedFireAndForget.SetUp_IsSilent ClientPerOperation.SetUp_IsSilent
        """;

    private static IReadOnlyList<Match> Rows { get; } = [.. Table.Split('\n', StringSplitOptions.TrimEntries).Select(l => Row().Match(l)).Where(m => m.Success)];

    [Fact]
    public void EveryShape_HasARow() => Assert.Equal(Enumerable.Range(1, Shapes).Select(n => $"{n}"), Rows.Select(r => r.Groups["number"].Value));

    [Fact]
    public void EveryRow_NamesASilentTestOrAReason() => Assert.DoesNotContain(Rows, row =>
        row.Groups["reason"].Success == TestsOf(row).Any()
        || TestsOf(row).Any() && !TestsOf(row).Any(t => t.EndsWith("Silent", StringComparison.Ordinal)) && !SpeaksOfReports().IsMatch(row.Groups["shape"].Value));

    [Fact]
    public void EveryNamedTest_Exists() => Assert.Empty(Rows.SelectMany(row => TestsOf(row).Where(t => !IsTest(t)).Select(t => $"{row.Groups["number"].Value}: {t}")));

    private static string[] TestsOf(Match row) => row.Groups["tests"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsTest(string name) =>
        name.Split('.') is [var type, var method]
        && typeof(FalsePositiveCatalogueTests).Assembly.GetTypes().SingleOrDefault(t => t.Name == type + "Tests")?.GetMethod(method)?.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0;

    /// <summary>There silence is not the point.</summary>
    [GeneratedRegex(@"\b(fix|report is right)\b")]
    private static partial Regex SpeaksOfReports();

    [GeneratedRegex(@"^(?<number>[0-9]+) +(?<shape>[^:]+?)(: (?<tests>\S.*)| - (?<reason>\S.*))$")]
    private static partial Regex Row();
}
