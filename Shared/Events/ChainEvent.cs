using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Events;

/// <summary>One event in its place.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Chain"><c>m</c>, or <c>r{n}</c> of recipient n.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Actor">One of <see cref="EventActors"/>.</param>
/// <param name="Data">Small facts.</param>
/// <param name="Previous">MAC of the event before it; empty for the first.</param>
/// <param name="Mac">As <see cref="ChainKey.MacOf"/> computes it.</param>
internal sealed record ChainEvent(
    string MessageId,
    string Chain,
    int Number,
    DateTimeOffset At,
    string Kind,
    string Actor,
    IReadOnlyDictionary<string, string> Data,
    string Previous,
    string Mac
)
{
    /// <summary>As it is stored.</summary>
    public TableEntity ToEntity() =>
        new(MessageId, Keys.Event(Chain, Number))
        {
            [nameof(At)] = At,
            [nameof(Kind)] = Kind,
            [nameof(Actor)] = Actor,
            [nameof(Data)] = JsonSerializer.Serialize(Data),
            [nameof(Previous)] = Previous,
            [nameof(Mac)] = Mac,
        };

    /// <summary>As it was stored, or as somebody left it: reads anything, since <see cref="ChainVerifier"/> must name what is wrong.</summary>
    public static ChainEvent Of(TableEntity entity)
    {
        var key = entity.RowKey.Split(':');
        var chain = key.ElementAtOrDefault(1) ?? "";
        return new ChainEvent(
            entity.PartitionKey,
            chain,
            NumberOf(entity.RowKey, chain, key.ElementAtOrDefault(2)),
            entity.TryGetValue(nameof(At), out var at) && at is DateTimeOffset instant ? instant : default,
            Text(entity, nameof(Kind)),
            Text(entity, nameof(Actor)),
            Facts(Text(entity, nameof(Data))),
            Text(entity, nameof(Previous)),
            Text(entity, nameof(Mac))
        );
    }

    /// <summary>0 where the key is not the one that we give: an event has one place.</summary>
    private static int NumberOf(string rowKey, string chain, string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && string.Equals(rowKey, Keys.Event(chain, number), StringComparison.Ordinal)
            ? number
            : 0;

    private static string Text(TableEntity entity, string column) =>
        entity.TryGetValue(column, out var value) ? value as string ?? "" : "";

    private static Dictionary<string, string> Facts(string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Dictionary<string, string?>>(json) is { } facts && !facts.ContainsValue(null)
                ? facts!
                : Unreadable(json);
        }
        catch (JsonException)
        {
            return Unreadable(json);
        }
    }

    private static Dictionary<string, string> Unreadable(string json) =>
        new(StringComparer.Ordinal) { ["unreadable"] = json };
}
