using Azure;
using Azure.Data.Tables;
using TlsOrLink.Domains;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// Passphrases agreed once with a partner (取引先合言葉): for a domain, or for one address in it, which counts first. Only slow hashes are kept.
/// </summary>
internal sealed class PassphraseTable(TableServiceClient tables, AddressHash addresses)
{
    /// <summary>Row key of a whole domain; those of addresses are keyed hashes.</summary>
    private const string Whole = "domain";

    private const string Hash = "Hash";
    private readonly TableClient table = tables.GetTableClient(TableNames.Passphrases);

    /// <summary>The slow hash that counts for an address; null where nothing was agreed. One read or two.</summary>
    public async Task<string?> FindAsync(MailAddress address, CancellationToken cancellation) =>
        await ReadAsync(address.Domain, addresses.Of(address), cancellation)
        ?? await ReadAsync(address.Domain, Whole, cancellation);

    /// <summary>Puts a passphrase in place of the former one. Links that are out keep the one with which they were made.</summary>
    /// <param name="domain">The partner's domain.</param>
    /// <param name="address">One address in it; null for the whole domain.</param>
    /// <param name="hash">From <see cref="SlowHash.Of"/>.</param>
    /// <param name="by">Name of the caller.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task PutAsync(
        MailDomain domain,
        MailAddress? address,
        string hash,
        string by,
        CancellationToken cancellation
    ) =>
        table.UpsertEntityAsync(
            new TableEntity(domain.Name, KeyOf(address)) { [Hash] = hash, ["By"] = by },
            TableUpdateMode.Replace,
            cancellation
        );

    /// <summary>Takes a passphrase out.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> DeleteAsync(MailDomain domain, MailAddress? address, CancellationToken cancellation) =>
        (await table.DeleteEntityAsync(domain.Name, KeyOf(address), ETag.All, cancellation)).Status != 404;

    private string KeyOf(MailAddress? address) => address is null ? Whole : addresses.Of(address);

    private async Task<string?> ReadAsync(MailDomain domain, string key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(domain.Name, key, cancellationToken: cancellation);
        return row.HasValue ? row.Value!.GetString(Hash) : null;
    }
}
