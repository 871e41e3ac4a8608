using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Storage;

namespace TlsOrLink.Inbound;

/// <summary>Takes reports that come back to the reverse-paths that we gave (RFC 3464): nobody else can make such an address, so it says whose they are.</summary>
internal sealed class Reports(MessageTable messages, BounceAddress bounces, TimeProvider clock)
{
    private const int Tries = 5;
    private const int IdLength = 12;

    /// <summary>Whose reports come to one of these addresses; null where none of them is ours.</summary>
    public (string MessageId, string Attempt, int N)? Find(IEnumerable<MailAddress> addresses) =>
        addresses.Select(bounces.Find).FirstOrDefault(found => found is not null);

    /// <summary>Writes down what a report says of its recipient.</summary>
    /// <param name="whose">From <see cref="Find"/>.</param>
    /// <param name="said">What it says; nothing for a mail that is no report.</param>
    /// <param name="hash">Of the report, hex.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="TransientFault">Storage is away, or the mail is being sent at this very moment: the report is to come again.</exception>
    public async Task<InboundAnswer> TakeAsync(
        (string MessageId, string Attempt, int N) whose,
        IReadOnlyList<ReportedRecipient> said,
        string hash,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < Tries; i++)
        {
            var rows = await messages.RecipientsAsync(whose.MessageId, whose.Attempt, whose.N, 1, cancellation);
            if (rows is not [var row] || StatusReport.For(row.Address, said) is not { } report)
            {
                return new InboundAnswer(InboundResult.Ignored, "no-report");
            }

            if (row is { IsClaimed: true, InDoubt: false } && report.Action == ReportedAction.Failed)
            {
                throw new TransientFault("A report came before the sending of its mail was written down.");
            }

            if (
                !ReportRules.Apply(row, report, hash[..IdLength], clock.GetUtcNow())
                || await messages.UpdateAsync(rows, cancellation) == WriteOutcome.Done
            )
            {
                return new InboundAnswer(InboundResult.Noted, "report")
                {
                    Bounced = ReportRules.IsToBeTold(row, report) ? (whose.MessageId, whose.N) : null,
                };
            }
        }

        throw new TransientFault("The row of a recipient keeps changing.");
    }
}
