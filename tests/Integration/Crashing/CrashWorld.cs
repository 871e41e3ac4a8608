using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables;
using Microsoft.Data.Sqlite;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Crashing;

/// <summary>An app that is made to be killed, four domains that take mail over TLS and two that do not know TLS.</summary>
public abstract class CrashWorld : DeliveryWorld
{
    /// <summary>Rows of one batch: a domain's five recipients fit, a message's twenty do not.</summary>
    public const int RowsPerBatch = 8;

    private static readonly string[] WithTls = ["amber.test", "birch.test", "cedar.test", "daisy.test"];
    private static readonly string[] WithoutTls = ["xenon.test", "yarrow.test"];
    private readonly Dictionary<string, ScriptedSmtp> _servers = [];

    /// <summary>What intake left of a killed request is swept at this age.</summary>
    public static TimeSpan OrphanAge { get; } = TimeSpan.FromSeconds(12);

    /// <summary><c>Delivery:OnUnconfirmed</c>.</summary>
    public abstract string OnUnconfirmed { get; }

    /// <summary>Storage as the app sees it.</summary>
    public StorageProxy Proxy { get; private set; } = null!;

    /// <summary>The server of the domain whose recipients come first in the message: the one that stands still.</summary>
    public ScriptedSmtp First => _servers[WithTls[0]];

    /// <summary>The servers of the four domains that a letter goes to.</summary>
    public IEnumerable<ScriptedSmtp> ServersWithTls => WithTls.Select(domain => _servers[domain]);

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            ("Storage__RowsPerBatch", $"{RowsPerBatch}"),
            ("Delivery__OnUnconfirmed", OnUnconfirmed),
            ("Links__Life", "00:00:03"),
            ("Purging__ContentLife", "00:00:00"),
            ("Purging__OrphanAge", $"{OrphanAge}"),
        ];

    public override async ValueTask InitializeAsync()
    {
        Proxy = await World.Storage;
        foreach (var domain in WithTls)
        {
            _servers[domain] = await AddScriptedAsync(domain);
        }

        foreach (var domain in WithoutTls)
        {
            _servers[domain] = await AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });
        }

        await base.InitializeAsync();
    }

    /// <summary>A letter to twenty recipients whose addresses name the point.</summary>
    public static Letter LetterFor(string point, bool withoutTls = false)
    {
        var domains = withoutTls ? WithoutTls : WithTls;
        return new([.. Enumerable.Range(0, 20).Select(n => $"{point}.{n}@{domains[n % domains.Length]}")]);
    }

    /// <summary>How often each of these recipients' mail came in whole, whatever the sender saw of it.</summary>
    public IReadOnlyDictionary<string, int> CountDeliveries(Letter letter)
    {
        var arrived = _servers.Values.SelectMany(server => server.Messages).SelectMany(message => message.Recipients);
        var counted = arrived.CountBy(address => address).ToDictionary();
        return letter.Recipients.ToDictionary(address => address, address => counted.GetValueOrDefault(address));
    }

    /// <summary>The rows of these recipients as storage has them, of every attempt, once nothing moves any more.</summary>
    public async Task<IReadOnlyList<StoredRecipient>> ReadRecipientsAsync(Letter letter)
    {
        IReadOnlyList<StoredRecipient>? before = null;
        return await Eventually.GetAsync(async () =>
        {
            var now = await ReadRecipientsOnceAsync(letter);
            var isStill = before is not null && now.SequenceEqual(before);
            before = now;
            return isStill ? now : null;
        });
    }

    /// <summary>The message's own row is there.</summary>
    public async Task<bool> IsMessageAsync(string id) =>
        (await (await TableAsync("Messages")).GetEntityIfExistsAsync<TableEntity>(id, "m")).HasValue;

    /// <summary>Names of the blobs of a message in a container.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(string container, string id)
    {
        var blobs = (await World.Azurite).NewBlobClient().GetBlobContainerClient(container).GetBlobsAsync();
        return await blobs
            .Where(blob => blob.Name.Contains($"/{id}/", StringComparison.Ordinal))
            .Select(blob => blob.Name)
            .ToListAsync();
    }

    /// <summary>Rows of a table that point at the message and whose partition begins so.</summary>
    public async Task<int> CountAsync(string table, string partitionPrefix, string id)
    {
        var rows = (await TableAsync(table)).QueryAsync<TableEntity>($"MessageId eq '{id}'");
        return await rows.CountAsync(row => row.PartitionKey.StartsWith(partitionPrefix, StringComparison.Ordinal));
    }

    /// <summary>How many orchestrations of this id the app's own database has.</summary>
    public long CountInstances(string id) => Count("SELECT count(*) FROM instances WHERE id = $id", id);

    /// <summary>How many durable timers the orchestration of this id waits for.</summary>
    public long CountTimers(string id) => Count("SELECT count(*) FROM timers WHERE id = $id", id);

    private long Count([ConstantExpected] string query, string id)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the callers pass constants
        command.CommandText = query;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", id);
        return (long)command.ExecuteScalar()!;
    }

    private async Task<List<StoredRecipient>> ReadRecipientsOnceAsync(Letter letter)
    {
        var rows = (await TableAsync("Messages")).QueryAsync<TableEntity>("RowKey ge 'r:' and RowKey lt 'r;'");
        return await rows.Select(StoredRecipient.Of)
            .Where(row => letter.Recipients.Contains(row.Address))
            .OrderBy(row => row.MessageId)
            .ThenBy(row => row.RowKey)
            .ToListAsync();
    }

    private async Task<TableClient> TableAsync(string name) =>
        (await World.Azurite).NewTableClient().GetTableClient(name);
}

/// <summary>A recipient's row as it lies in storage.</summary>
/// <param name="ClaimedBy">The transaction that holds the claim or held it last.</param>
public sealed record StoredRecipient(string MessageId, string RowKey, string Address, string? Ledger, string? ClaimedBy)
{
    public bool IsClaimed => Ledger == "claimed";

    internal static StoredRecipient Of(TableEntity row) =>
        new(
            row.PartitionKey,
            row.RowKey,
            row.GetString("Address"),
            row.GetString("Ledger"),
            row.GetString("ClaimedBy")
        );
}

/// <summary>What nobody knows is sent again.</summary>
public sealed class ResendWorld : CrashWorld
{
    public override string OnUnconfirmed => "resend";
}

/// <summary>What nobody knows is left and told.</summary>
public sealed class ReportWorld : CrashWorld
{
    public override string OnUnconfirmed => "report";
}
