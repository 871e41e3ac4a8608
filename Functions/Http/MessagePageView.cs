using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>A page of a search.</summary>
/// <param name="Messages">Newest first.</param>
/// <param name="Continuation">
/// To be handed back with the same terms for the next page; null at the end. A page may have fewer messages than asked for, or none, and not be the
/// last.
/// </param>
internal sealed record MessagePageView(IReadOnlyList<MessageSummaryView> Messages, string? Continuation);

/// <summary>One message of a <see cref="MessagePageView"/>.</summary>
/// <param name="RecipientCount">All of them.</param>
/// <param name="Recipients">The first of them; <c>GET /api/messages/{id}</c> has all.</param>
/// <param name="Hold">Why it waits, or waited.</param>
internal sealed record MessageSummaryView(
    string Id,
    string State,
    string Sender,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    long Bytes,
    int RecipientCount,
    IReadOnlyList<RecipientSummaryView> Recipients,
    HoldView? Hold
)
{
    public static MessageSummaryView Of(MessagePartition found) =>
        new(
            found.Message.Id,
            MessageView.Word(found.Message.State),
            found.Message.Sender,
            found.Message.CreatedAt,
            found.Message.CompletedAt,
            found.Message.Bytes,
            found.Message.RecipientCount,
            [.. found.Recipients.Select(row => RecipientSummaryView.Of(RecipientView.Of(row, found.Message)))],
            HoldView.Of(found.Message)
        );
}

/// <summary>One recipient of a <see cref="MessageSummaryView"/>.</summary>
internal sealed record RecipientSummaryView(string Address, string State, string? Route, string? Reason)
{
    public static RecipientSummaryView Of(RecipientView recipient) =>
        new(recipient.Address, recipient.State, recipient.Route ?? recipient.PlannedRoute, recipient.Reason);
}
