using TlsOrLink.Domains;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>The recipients of one message in one domain: a range of rows, no addresses.</summary>
/// <param name="Id">Message id.</param>
/// <param name="Attempt">The intake attempt that won.</param>
/// <param name="CreatedAt">When intake took the message; part of its blobs' names.</param>
/// <param name="First">Number of the first recipient.</param>
/// <param name="Count">How many rows the range has; finished ones among them are passed over.</param>
/// <param name="Domain">Their domain.</param>
/// <param name="Plan">How they are to be reached.</param>
/// <param name="Round">The round of the retry schedule, from 0.</param>
internal sealed record SendTarget(
    string Id,
    string Attempt,
    DateTimeOffset CreatedAt,
    int First,
    int Count,
    MailDomain Domain,
    RoutePlan Plan,
    int Round
)
{
    /// <summary>The message's trace; see <see cref="Messages.MessageRow.Trace"/>.</summary>
    public string? Trace { get; init; }
}

/// <summary>How many recipients of a <see cref="SendTarget"/> ended how.</summary>
/// <param name="Finished">Final: accepted, linked, bounced, undeliverable or reported as unconfirmed.</param>
/// <param name="Deferred">To be tried again in a later round.</param>
/// <param name="FellBack">Cannot get the message as it is after all: to be linked now.</param>
/// <param name="Left">Not got to in the time of one run: to be run again at once.</param>
public sealed record SendReport(int Finished, int Deferred, int FellBack = 0, int Left = 0)
{
    /// <summary>This and <paramref name="other"/> together.</summary>
    public SendReport Plus(SendReport other) =>
        new(Finished + other.Finished, Deferred + other.Deferred, FellBack + other.FellBack, Left + other.Left)
        {
            VerdictIsWrong = VerdictIsWrong || other.VerdictIsWrong,
            Failed = Failed + other.Failed,
        };

    /// <summary>A host showed less than the verdict says: it must be found anew.</summary>
    public bool VerdictIsWrong { get; init; }

    /// <summary>Of the finished ones, those of whom the sender is to be told.</summary>
    public int Failed { get; init; }
}
