using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Screening;

/// <summary>
/// The domains that the organisation has mailed before: rows of <see cref="TableNames.KnownDomains"/> (domains, no addresses) and the
/// configured partners. Read and written only while a rule asks for them.
/// </summary>
internal sealed class KnownDomains(TableServiceClient tables, IOptions<ScreeningOptions> options, TimeProvider clock)
    : IDisposable
{
    private const string Partition = "all";
    private const string Since = "Since";

    // Another instance's new domains are found one by one until then; a domain never becomes unknown.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly TableClient table = tables.GetTableClient(TableNames.KnownDomains);
    private readonly SemaphoreSlim one = new(1);
    private volatile Snapshot? last;

    private sealed record Snapshot(HashSet<MailDomain> Domains, DateTimeOffset Until);

    /// <summary>All of them, as of some minutes ago.</summary>
    /// <exception cref="TransientFault">They cannot be read.</exception>
    public async Task<IReadOnlyCollection<MailDomain>> AllAsync(CancellationToken cancellation) =>
        (await CurrentAsync(cancellation)).Domains;

    /// <summary>The domain was mailed before.</summary>
    /// <exception cref="TransientFault">It cannot be found out.</exception>
    public async Task<bool> HasAsync(MailDomain domain, CancellationToken cancellation) =>
        (await CurrentAsync(cancellation)).Domains.Contains(domain)
        || await GuardAsync(async () =>
            (
                await table.GetEntityIfExistsAsync<TableEntity>(Partition, domain.Name, cancellationToken: cancellation)
            ).HasValue
        );

    /// <summary>Mail to these domains was taken by their servers.</summary>
    /// <exception cref="TransientFault">They cannot be written.</exception>
    public async Task AddAsync(IEnumerable<MailDomain> domains, CancellationToken cancellation)
    {
        var known = (await CurrentAsync(cancellation)).Domains;
        foreach (var domain in domains.Distinct().Where(domain => !known.Contains(domain)))
        {
            var row = new TableEntity(Partition, domain.Name) { [Since] = clock.GetUtcNow() };
            await GuardAsync(() => table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation));
            if (last is { } kept)
            {
                last = kept with { Domains = [.. kept.Domains, domain] };
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task<Snapshot> CurrentAsync(CancellationToken cancellation)
    {
        if (Kept() is { } kept)
        {
            return kept;
        }

        await one.WaitAsync(cancellation);
        try
        {
            return Kept() ?? (last = await GuardAsync(() => ReadAsync(cancellation)));
        }
        finally
        {
            one.Release();
        }
    }

    private Snapshot? Kept() => last is { } kept && clock.GetUtcNow() < kept.Until ? kept : null;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellation)
    {
        HashSet<MailDomain> domains = [.. options.Value.PartnerDomains.Select(MailDomain.Parse)];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (MailDomain.TryParse(row.RowKey, out var domain))
            {
                domains.Add(domain);
            }
        }

        return new Snapshot(domains, clock.GetUtcNow() + Life);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is RequestFailedException or PermanentFault)
        {
            throw new TransientFault("The domains that were mailed before cannot be reached.");
        }
    }
}
