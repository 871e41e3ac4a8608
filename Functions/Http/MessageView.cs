using System.Text.Json;
using TlsOrLink.Messages;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>A message as callers see it, in the <c>202</c>, in the final <c>200</c> and in between.</summary>
internal sealed record MessageView(
    string Id,
    string State,
    string Sender,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    long Bytes,
    IReadOnlyList<RecipientView> Recipients,
    HoldView? Hold,
    IReadOnlyList<WarningView> Warnings
)
{
    /// <summary>The code that the service made for the links, for the sender to pass on; null where none was made, and for holders of a ticket.</summary>
    public string? AccessCode { get; init; }

    /// <param name="language">Of the reader, for warnings.</param>
    public static MessageView Of(MessageRow message, IEnumerable<RecipientRow> recipients, MailLanguage language) =>
        new(
            message.Id,
            Word(message.State),
            message.Sender,
            message.CreatedAt,
            message.CompletedAt,
            message.Bytes,
            [.. recipients.Select(row => RecipientView.Of(row, message))],
            HoldView.Of(message),
            WarningView.Of(RuleHit.Read(message.RuleHits), language)
        );

    /// <summary>Enumerations as lower-case words.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>One recipient of a <see cref="MessageView"/>.</summary>
internal sealed record RecipientView(
    string Address,
    string Domain,
    string State,
    string? PlannedRoute,
    string? Route,
    string? Level,
    string? Reason,
    string? Detail,
    int Attempts,
    int? LastReplyCode,
    string? LastReply,
    DateTimeOffset UpdatedAt,
    JsonElement? Receipt,
    LinkView? Link
)
{
    public static RecipientView Of(RecipientRow row, MessageRow message) =>
        new(
            row.Address,
            row.Domain,
            MessageView.Word(StateOf(row, message)),
            row.PlannedRoute is { } planned ? MessageView.Word(planned) : null,
            row.Route is { } route ? MessageView.Word(route) : null,
            row.Level is { } level ? MessageView.Word(level) : null,
            row.Reason,
            row.Detail,
            row.Attempts,
            row.LastReplyCode,
            row.LastReply,
            row.UpdatedAt,
            row.Receipt is { } receipt ? JsonSerializer.Deserialize<JsonElement>(receipt) : null,
            row is { LinkHashes: { } links, LinkExpiresAt: { } end } ? new LinkView(links.Split(',')[0], end) : null
        );

    /// <summary>The message says whether the hold is over: the rows of a thousand recipients follow when something is done to them.</summary>
    private static RecipientState StateOf(RecipientRow row, MessageRow message) =>
        (row.State, message.State) switch
        {
            (not RecipientState.Held, _) or (_, MessageState.Held) => row.State,
            (_, MessageState.Cancelled or MessageState.Rejected or MessageState.Expired) => RecipientState.Cancelled,
            _ => RecipientState.Probing,
        };
}

/// <summary>The download link of a recipient; its token is in the recipient's mail alone.</summary>
/// <param name="Id">For revoking and extending.</param>
/// <param name="ExpiresAt">Its end.</param>
internal sealed record LinkView(string Id, DateTimeOffset ExpiresAt);

/// <summary>Why a message waits, or waited.</summary>
/// <param name="Kind"><c>time</c>, <c>until</c>, <c>manual</c> or <c>approval</c>.</param>
/// <param name="Until">Delivery does not begin before; null where time plays no part.</param>
/// <param name="Approvers">Names; empty for every approver of the sender.</param>
/// <param name="DecidedBy">Who ended it: <c>caller:name</c>, <c>approver:name</c> or <c>service</c>; null while it lasts.</param>
/// <param name="DecidedAt">When it ended; null while it lasts.</param>
internal sealed record HoldView(
    string Kind,
    DateTimeOffset? Until,
    IReadOnlyList<string> Approvers,
    string? DecidedBy,
    DateTimeOffset? DecidedAt
)
{
    public static HoldView? Of(MessageRow message) =>
        message.HoldKind is { } kind
            ? new HoldView(
                MessageView.Word(kind),
                message.HoldUntil,
                message.Approvers,
                message.DecidedBy,
                message.DecidedAt
            )
            : null;
}
