using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>What could and could not be recalled.</summary>
/// <param name="Id">Message id.</param>
/// <param name="State">State of the message afterwards.</param>
/// <param name="Recalled">Recipients who do not get it, or cannot fetch it any more.</param>
/// <param name="NotRecalled">Recipients who have it, may have it, or are getting it at this moment.</param>
/// <param name="Recipients">Each recipient.</param>
internal sealed record RecallView(
    string Id,
    string State,
    int Recalled,
    int NotRecalled,
    IReadOnlyList<RecalledRecipient> Recipients
)
{
    public static RecallView Of(
        MessageRow message,
        IEnumerable<RecipientRow> rows,
        IReadOnlyDictionary<string, ChangedLink> links
    )
    {
        RecalledRecipient[] recipients = [.. rows.Select(row => RecalledRecipient.Of(row, links))];
        var recalled = recipients.Count(recipient => recipient.Recalled);
        return new RecallView(
            message.Id,
            MessageView.Word(message.State),
            recalled,
            recipients.Length - recalled,
            recipients
        );
    }
}

/// <summary>One recipient of a <see cref="RecallView"/>.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Recalled">It does not get the message, or cannot fetch its files any more.</param>
/// <param name="Result"><c>cancelled</c>, <c>link-revoked</c>, <c>downloaded</c>, <c>being-sent</c>, <c>handed-over</c>, <c>accepted</c>, <c>unconfirmed</c> or <c>not-delivered</c>.</param>
/// <param name="Downloads">Downloads before the links were revoked.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record RecalledRecipient(string Address, bool Recalled, string Result, int Downloads, string Detail)
{
    public static RecalledRecipient Of(RecipientRow row, IReadOnlyDictionary<string, ChangedLink> links)
    {
        var downloads = row.LinkIds.Sum(id => links.TryGetValue(id, out var link) ? link.Row?.Downloads ?? 0 : 0);
        var (recalled, result, detail) = Recall.OutcomeOf(row) switch
        {
            RecallOutcome.Cancelled => (true, "cancelled", "Nothing was sent, and nothing will be."),
            RecallOutcome.Linked when downloads == 0 => (
                true,
                "link-revoked",
                "The mail with the link has arrived; the link opens nothing any more, and nothing was downloaded."
            ),
            RecallOutcome.Linked => (
                false,
                "downloaded",
                "The link opens nothing any more, but the files were downloaded before."
            ),
            RecallOutcome.BeingSent => (
                false,
                "being-sent",
                "It is being sent at this moment. If it does not get through it is not tried again; ask again in a minute."
            ),
            RecallOutcome.HandedOver => (
                false,
                "handed-over",
                "The mail provider has the message and is sending it on: it cannot be taken back. Ask again later for how it ended."
            ),
            RecallOutcome.Accepted => (
                false,
                "accepted",
                "The receiving server has taken the message: it cannot be taken back."
            ),
            RecallOutcome.Unconfirmed => (
                false,
                "unconfirmed",
                "Nobody knows whether the receiving server took the message: it may have arrived."
            ),
            _ => (true, "not-delivered", "Nothing had arrived."),
        };
        return new RecalledRecipient(row.Address, recalled, result, downloads, detail);
    }
}
