using System.Globalization;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending.WebApi;

/// <summary>What an event makes of a recipient that was handed over. Pure.</summary>
internal static class EventRules
{
    private const int KeptIds = 30;
    private const string TlsMissing = "TLS required";

    /// <summary>Applies an event.</summary>
    /// <returns>False where it was seen before or says nothing of this recipient: nothing is to be written.</returns>
    public static bool Apply(RecipientRow row, ProviderEvent what, DateTimeOffset now)
    {
        string[] seen = row.ProviderEvents?.Split(',') ?? [];
        if (!WasHandedOver(row) || seen.Contains(what.Id, StringComparer.Ordinal) || !Changes(row, what))
        {
            return false;
        }

        row.ProviderEvents = string.Join(',', seen.Prepend(what.Id).Take(KeptIds));
        row.UpdatedAt = now;
        if (what.Kind is not ("processed" or "deferred"))
        {
            row.Record(RecipientEvents.Outcome(row, now));
        }

        row.FollowRecall(now);
        return true;
    }

    /// <summary>An end is told before the transaction that handed the mail over is written down: the event is to be sent again.</summary>
    public static bool IsTooEarly(RecipientRow row, ProviderEvent what) =>
        row is { IsClaimed: true, HandedOverAt: null } && what.Kind is ("delivered" or "bounce" or "dropped");

    // Also where a crash kept us from writing it down: nobody but the provider has the mark of an event.
    private static bool WasHandedOver(RecipientRow row) =>
        row is { HandedOverAt: not null } or { InDoubt: true } or { State: RecipientState.Unconfirmed };

    private static bool Changes(RecipientRow row, ProviderEvent what) =>
        what.Kind switch
        {
            "processed" => IsWaiting(row),
            "deferred" => IsWaiting(row) && Said(row, what),
            "delivered" => IsWaiting(row) && Arrived(row, what),
            "bounce" or "dropped" => CanFail(row) && Failed(row, what),
            _ => false,
        };

    /// <summary>Handed over, and its end is not known; an end may still come after we gave up to wait for it.</summary>
    private static bool IsWaiting(RecipientRow row) =>
        row.State is RecipientState.Sending or RecipientState.Unconfirmed or RecipientState.Deferred;

    // Some servers take a mail and send it back later.
    private static bool CanFail(RecipientRow row) =>
        IsWaiting(row) || row.State is RecipientState.Accepted or RecipientState.Linked;

    /// <summary>Rounds of the delivery follow. Later, after an end that turned out false, nobody would send the link.</summary>
    private static bool IsUnderWay(RecipientRow row) => row.IsHandedOver || !row.IsFinished;

    private static bool Said(RecipientRow row, ProviderEvent what)
    {
        (row.LastReplyCode, row.LastReply) = Reply(what.Words);
        return true;
    }

    private static bool Arrived(RecipientRow row, ProviderEvent what)
    {
        Said(row, what);
        row.State = row is { Route: not Route.Tls, LinkHashes: not null }
            ? RecipientState.Linked
            : RecipientState.Accepted;
        row.Ledger = LedgerState.Accepted;
        row.InDoubt = false;
        row.Receipt = Receipt.Parse(row.Receipt)?.WithReply(row.LastReplyCode, row.LastReply, what.At).ToJson();
        return true;
    }

    private static bool Failed(RecipientRow row, ProviderEvent what)
    {
        Said(row, what);
        if (
            row.Route != Route.Link
            && IsUnderWay(row)
            && what.Words.Contains(TlsMissing, StringComparison.OrdinalIgnoreCase)
        )
        {
            FallBack(row);
            return true;
        }

        row.State = RecipientState.Bounced;
        row.Ledger = null;
        row.InDoubt = false;
        row.Reason = SendingReasons.Refused;
        return true;
    }

    /// <summary>The recipient's server showed no TLS to the provider, which dropped the mail: a link, with the body behind it too.</summary>
    private static void FallBack(RecipientRow row)
    {
        row.HandedOverAt = null;
        row.InDoubt = false;
        row.Ledger = null;
        row.State = RecipientState.Deferred;
        row.Reason = RouteReasons.NotObservable;
        if (!row.NeverLink)
        {
            row.Route = Route.Link;
            row.ProtectBody = true;
        }
    }

    private static (int? Code, string? Text) Reply(string words) =>
        words.Length >= 3
        && int.TryParse(words.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (code, words[3..].Trim())
            : (null, words.Length > 0 ? words : null);
}
