using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Events;

/// <summary>That one event is to be pushed: written with it in one batch, and removed when its pushing was begun.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Chain">Chain of the event.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
internal sealed record EventNote(string MessageId, string Chain, int Number, string Kind)
{
    /// <summary>The same for every subscriber and every try, and unlike every other event's.</summary>
    public string EventId => IdOf(MessageId, Chain, Number);

    public static string IdOf(string messageId, string chain, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{messageId}.{chain}.{number}");

    public static EventNote Of(ChainEvent entry) => new(entry.MessageId, entry.Chain, entry.Number, entry.Kind);

    public static EventNote Of(TableEntity entity)
    {
        var key = entity.RowKey.Split(':');
        return new EventNote(
            entity.PartitionKey,
            key[1],
            int.Parse(key[2], CultureInfo.InvariantCulture),
            entity.GetString(nameof(Kind)) ?? ""
        );
    }

    public TableEntity ToEntity() => new(MessageId, Keys.Note(Chain, Number)) { [nameof(Kind)] = Kind };
}
