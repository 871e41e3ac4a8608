using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>What a step can make of a recipient. Pure.</summary>
internal static class Outcomes
{
    /// <summary>A link goes instead, in this round.</summary>
    public static void FallBack(this RecipientRow row, string reason, bool protectBody)
    {
        row.Route = Route.Link;
        row.Reason = reason;
        row.ProtectBody |= protectBody;
        row.State = RecipientState.Sending;
        row.Ledger = null;
    }

    /// <summary>Tried again in a later round.</summary>
    public static void Defer(this RecipientRow row, string reason)
    {
        row.State = RecipientState.Deferred;
        row.Reason = reason;
    }

    /// <summary>Nobody knows, and it is not tried again.</summary>
    public static void SetUnconfirmed(this RecipientRow row)
    {
        row.State = RecipientState.Unconfirmed;
        row.Ledger = LedgerState.Unconfirmed;
        row.Reason = SendingReasons.Unconfirmed;
    }

    /// <summary>A provider has it, who tells later how it ended.</summary>
    public static void HandOver(this RecipientRow row, DateTimeOffset at)
    {
        row.HandedOverAt = at;
        row.State = RecipientState.Sending;
        row.Ledger = LedgerState.Accepted;
        row.InDoubt = false;
    }
}
