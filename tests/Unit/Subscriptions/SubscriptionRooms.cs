using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>What one instance of the app knows of subscriptions, over storage that it shares with others.</summary>
internal sealed class SubscriptionRooms : IDisposable
{
    public static readonly SubscriptionsOptions Settings = new();

    private static readonly IOptions<StorageOptions> Storage = Options.Create(
        new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) }
    );

    private readonly MemoryTables tables;

    public SubscriptionRooms(MemoryTables tables, TimeProvider clock)
    {
        this.tables = tables;
        var options = Options.Create(Settings);
        Table = new SubscriptionTable(tables, new SecretBox(new AddressHash(Storage)));
        Book = new SubscriptionBook(Table, options, clock, NullLogger<SubscriptionBook>.Instance);
        Messages = Chained.Table(tables, watch: Book);
        Due = new DueTable(tables);
        Missed = new MissedEvents(Due, new IndexSearch(tables), Messages, Table, options, Storage);
        Desk = new SubscriptionDesk(Table, Book, Missed, options, clock, NullLogger<SubscriptionDesk>.Instance);
        Outbox = new EventOutbox(Due, new EventNotes(tables, Due, Book, clock), Messages, Table, Storage, clock);
    }

    public SubscriptionTable Table { get; }

    public SubscriptionBook Book { get; }

    public SubscriptionDesk Desk { get; }

    public DueTable Due { get; }

    public EventOutbox Outbox { get; }

    public MissedEvents Missed { get; }

    private MessageTable Messages { get; }

    /// <summary>Subscribes <c>kit</c>.</summary>
    public async Task<Subscription> SubscribeAsync(params string[] events)
    {
        var json =
            $$"""{ "url": "https://hooks.example.com/x", "events": [{{string.Join(',', events.Select(name => $"\"{name}\""))}}] }""";
        var guard = new WebhookGuard(Options.Create(Settings), new Surroundings("Production"));
        var form = SubscriptionForm.Read(Encoding.UTF8.GetBytes(json), only: null, guard);
        form.Errors.ShouldBeEmpty();
        return (await Desk.AddAsync("kit", form, default))!;
    }

    /// <summary>Keeps a message of a caller as intake does, with its entry in the index.</summary>
    public async Task StoreAsync(string id, string caller, DateTimeOffset at)
    {
        await Messages.AddAsync([new MessageRow(id) { Caller = caller, CreatedAt = at }], default);
        tables.Put(
            TableNames.Index,
            new Azure.Data.Tables.TableEntity(Keys.IndexPartition(caller, at, id), Keys.IndexByTime(at, id))
            {
                ["MessageId"] = id,
                ["CreatedAt"] = at,
            }
        );
    }

    /// <summary>Writes a recipient of a message with an event.</summary>
    public async Task TellAsync(string id, int n, string kind, DateTimeOffset at, DateTimeOffset? createdAt = null)
    {
        var row = new RecipientRow(id, "0123abcd", n) { Caller = "kit", CreatedAt = createdAt ?? at };
        row.Record(EventDraft.Of(kind, EventActors.Service, at));
        (await Messages.AddAsync([row], default)).ShouldBe(WriteOutcome.Done);
    }

    public void Dispose() => Book.Dispose();
}
