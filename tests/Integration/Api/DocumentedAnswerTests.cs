namespace TlsOrLink.Tests.Integration.Api;

/// <summary>The contract against all that the app answered in this run.</summary>
[Collection(nameof(Last))]
public sealed class DocumentedAnswerTests(WatchedContract contract)
{
    /// <summary>A run of a part sees a part: <c>./test</c> sets it where it runs all.</summary>
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("TLSORLINK_WHOLE") == "1";

    [Fact]
    public void Every_documented_answer_was_seen_in_a_test()
    {
        Assert.SkipUnless(IsWhole, "Only a run of all tests can have seen all answers.");

        contract
            .Watch.Unseen.Select(answer => $"{answer}")
            .ShouldBeEmpty("provoke it in a test, or take it out of Functions/Contract");
    }

    [Fact]
    public void No_answer_was_seen_that_is_not_documented() => contract.Watch.Faults.ShouldBeEmpty();
}
