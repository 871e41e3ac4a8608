using System.Text.Json;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>A message as callers see it, in the <c>202</c>, in the final <c>200</c> and in between.</summary>
internal sealed record MessageView(
    string Id,
    string State,
    string Sender,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    long Bytes,
    IReadOnlyList<RecipientView> Recipients
)
{
    public static MessageView Of(MessageRow message, IEnumerable<RecipientRow> recipients) =>
        new(
            message.Id,
            Word(message.State),
            message.Sender,
            message.CreatedAt,
            message.CompletedAt,
            message.Bytes,
            [.. recipients.Select(RecipientView.Of)]
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
    public static RecipientView Of(RecipientRow row) =>
        new(
            row.Address,
            row.Domain,
            MessageView.Word(row.State),
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
}

/// <summary>The download link of a recipient; its token is in the recipient's mail alone.</summary>
/// <param name="Id">For revoking and extending.</param>
/// <param name="ExpiresAt">Its end.</param>
internal sealed record LinkView(string Id, DateTimeOffset ExpiresAt);
