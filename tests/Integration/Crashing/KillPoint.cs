namespace TlsOrLink.Tests.Integration.Crashing;

/// <summary>The points at which the app is killed, each named by what had happened outside until then.</summary>
public enum KillPoint
{
    /// <summary>The blob was written; its answer was not seen.</summary>
    AfterTheBlob,

    /// <summary>The first batch of rows was written, the second was never sent on.</summary>
    BetweenRowBatches,

    /// <summary>All rows were written, the row that makes them a message was not.</summary>
    BeforeM,

    /// <summary>The message was stored and its orchestration not started.</summary>
    BetweenMAndTheStart,

    /// <summary>A claim was written; its answer was not seen.</summary>
    AfterAClaim,

    /// <summary>A mail server had answered the first RCPT.</summary>
    AfterRcpt,

    /// <summary>A mail server had the whole message and had not answered.</summary>
    AfterTheFinalDotBeforeThe250,

    /// <summary>A mail server had answered 250, and the ledger did not know.</summary>
    AfterThe250BeforeTheLedger,

    /// <summary>The first of two blobs of the message's files was removed.</summary>
    InTheMiddleOfAPurge,

    /// <summary>One domain was deferred and the orchestration waited on its timer.</summary>
    InTheMiddleOfARetryWait,
}
