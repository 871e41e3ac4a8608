using System.Globalization;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Sending;

namespace TlsOrLink.Inbound;

/// <summary>What a report from behind a recipient's server makes of its row. Pure.</summary>
internal static class ReportRules
{
    private const int KeptIds = 30;

    /// <summary>Applies a report. Of those that change no state only the first <see cref="KeptIds"/> are noted: a recipient can write any number of them.</summary>
    /// <param name="row">The recipient that the report's reverse-path names.</param>
    /// <param name="report">What it says.</param>
    /// <param name="id">Short hash of the report: the same report has the same.</param>
    /// <param name="now">Now.</param>
    /// <returns>False where it was seen before or changes nothing: nothing is to be written.</returns>
    public static bool Apply(RecipientRow row, ReportedRecipient report, string id, DateTimeOffset now)
    {
        string[] seen = row.ProviderEvents?.Split(',') ?? [];
        if (
            seen.Contains(id, StringComparer.Ordinal)
            || !(IsFailure(report) ? Fail(row, report) : MayNote(row) && seen.Length < KeptIds)
        )
        {
            return false;
        }

        row.ProviderEvents = string.Join(',', seen.Prepend(id).Take(KeptIds));
        row.UpdatedAt = now;
        row.Record(
            IsFailure(report)
                ? RecipientEvents.Outcome(row, now)
                : EventDraft.Of(
                    EventKinds.RecipientReported,
                    EventActors.Service,
                    now,
                    ("action", report.Action),
                    ("status", report.Status)
                )
        );
        row.FollowRecall(now);
        return true;
    }

    /// <summary>The recipient was bounced by a report and its sender was not told yet, whether by this report or by the same one before.</summary>
    public static bool IsToBeTold(RecipientRow row, ReportedRecipient report) =>
        IsFailure(report) && row is { State: RecipientState.Bounced, ToldIn: null };

    private static bool IsFailure(ReportedRecipient report) => report.Action == ReportedAction.Failed;

    /// <summary>What was taken, or may have been, was sent back. Who fetched the files has them; who was cancelled or failed before stays so.</summary>
    private static bool Fail(RecipientRow row, ReportedRecipient report)
    {
        if (!MayNote(row))
        {
            return false;
        }

        row.State = RecipientState.Bounced;
        row.Ledger = null;
        row.InDoubt = false;
        row.Reason = SendingReasons.Refused;
        (row.LastReplyCode, row.LastReply) = ReplyOf(report);
        return true;
    }

    private static bool MayNote(RecipientRow row) =>
        row.IsHandedOver
        || row.InDoubt
        || row.State is RecipientState.Accepted or RecipientState.Linked or RecipientState.Unconfirmed;

    /// <summary>An SMTP reply where the report has one; else its status and words.</summary>
    private static (int? Code, string? Text) ReplyOf(ReportedRecipient report)
    {
        var words = report.Words;
        return
            words.Length >= 3
            && int.TryParse(words.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 400 and <= 599
            ? (code, words[3..].TrimStart(' ', '-'))
            : (null, $"{report.Status} {words}".Trim() is { Length: > 0 } text ? text : null);
    }
}
