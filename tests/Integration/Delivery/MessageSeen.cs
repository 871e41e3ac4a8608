using System.Text.Json;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>A message as the API shows it to its caller.</summary>
public sealed record MessageSeen(string Id, string State, IReadOnlyList<RecipientSeen> Recipients)
{
    public string? AccessCode { get; init; }

    public bool IsCompleted => State == "completed";

    public RecipientSeen Of(string address) => Recipients.Single(recipient => recipient.Address == address);

    public override string ToString() => $"{Id} {State}\n{string.Join('\n', Recipients)}";
}

/// <summary>A recipient of a <see cref="MessageSeen"/>.</summary>
public sealed record RecipientSeen(
    string Address,
    string State,
    string? PlannedRoute,
    string? Route,
    string? Level,
    string? Reason,
    int Attempts,
    int? LastReplyCode,
    string? LastReply,
    JsonElement? Receipt,
    LinkSeen? Link
);

/// <summary>A link of a <see cref="RecipientSeen"/>.</summary>
public sealed record LinkSeen(string Id, DateTimeOffset ExpiresAt);
