using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>A message table with a known key of its chains.</summary>
internal static class Chained
{
    public static readonly ChainKey Key = new(
        Options.Create(new EventsOptions { ChainKey = Convert.ToBase64String(new byte[32]) })
    );

    public static MessageTable Table(TableServiceClient tables, int rowsPerBatch = 100, IEventWatch? watch = null) =>
        new(
            tables,
            new ChainedWrites(
                tables,
                new DueTable(tables),
                new EventNotes(tables, new DueTable(tables), watch ?? new NoWatch(), TimeProvider.System),
                Key,
                Options.Create(new StorageOptions { RowsPerBatch = rowsPerBatch })
            )
        );
}
