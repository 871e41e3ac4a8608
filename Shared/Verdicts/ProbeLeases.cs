using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;

namespace TlsOrLink.Verdicts;

/// <summary>Who may probe a domain now, across instances: row <c>lease</c>. Throws as storage does.</summary>
internal sealed class ProbeLeases(TableClient table, IOptions<VerdictsOptions> options, TimeProvider clock)
{
    private const string RowKey = "lease";
    private const string Until = "Until";

    /// <summary>The lease, or null while another holds it. One that was not renewed in time is taken over.</summary>
    public async Task<TableEntity?> TryTakeAsync(MailDomain domain, CancellationToken cancellation)
    {
        var mine = New(domain);
        if (await TryWriteAsync(() => table.AddEntityAsync(mine, cancellation), mine))
        {
            return mine;
        }

        var other = await table.GetEntityIfExistsAsync<TableEntity>(
            domain.Name,
            RowKey,
            cancellationToken: cancellation
        );
        if (!other.HasValue || clock.GetUtcNow() < other.Value!.GetDateTimeOffset(Until))
        {
            return null; // gone meanwhile: the next look finds the verdict
        }

        var etag = other.Value.ETag;
        return await TryReplaceAsync(mine, etag, cancellation) ? mine : null;
    }

    /// <summary>Makes the lease last longer; false where another has taken it.</summary>
    public Task<bool> TryRenewAsync(TableEntity lease, CancellationToken cancellation)
    {
        lease[Until] = clock.GetUtcNow() + options.Value.LeaseLife;
        return TryReplaceAsync(lease, lease.ETag, cancellation);
    }

    /// <summary>Gives the lease back unused.</summary>
    public async Task ReleaseAsync(TableEntity lease, CancellationToken cancellation) =>
        await TryWriteAsync(() => table.DeleteEntityAsync(lease.PartitionKey, RowKey, lease.ETag, cancellation), lease);

    private Task<bool> TryReplaceAsync(TableEntity lease, ETag etag, CancellationToken cancellation) =>
        TryWriteAsync(() => table.UpdateEntityAsync(lease, etag, TableUpdateMode.Replace, cancellation), lease);

    private static async Task<bool> TryWriteAsync(Func<Task<Response>> write, TableEntity lease)
    {
        try
        {
            var response = await write();
            lease.ETag = response.Headers.ETag ?? lease.ETag;
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private TableEntity New(MailDomain domain) =>
        new(domain.Name, RowKey) { [Until] = clock.GetUtcNow() + options.Value.LeaseLife };
}
