using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.MtaSts;

/// <summary>Policies in table <c>Verdicts</c>: PartitionKey the domain, RowKey <c>sts</c>.</summary>
internal sealed partial class TableStsStore(TableClient table, DueTable due, ILogger<TableStsStore> logger)
    : IMtaStsStore
{
    private const string RowKey = "sts";

    /// <inheritdoc />
    public async Task<StsEntry?> ReadAsync(MailDomain domain, CancellationToken cancellation)
    {
        try
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                domain.Name,
                RowKey,
                cancellationToken: cancellation
            );
            return row.HasValue ? Read(row.Value!) : null;
        }
        catch (Exception fault) when (fault is RequestFailedException or TransientFault or PermanentFault)
        {
            LogAway(fault);
            return null;
        }
    }

    /// <inheritdoc />
    public async Task WriteAsync(MailDomain domain, StsEntry entry, CancellationToken cancellation)
    {
        var row = Write(domain, entry);
        try
        {
            await Task.WhenAll(
                due.InsertAsync(Keeping.DueOf(row), cancellation),
                table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation)
            );
        }
        catch (Exception fault) when (fault is RequestFailedException or TransientFault or PermanentFault)
        {
            LogAway(fault);
        }
    }

    /// <summary>The row of an entry.</summary>
    internal static TableEntity Write(MailDomain domain, StsEntry entry) =>
        new(domain.Name, RowKey)
        {
            ["Id"] = entry.Id,
            // Binary, because a string property holds half as many characters as a policy may have.
            ["Policy"] = entry.Policy is null
                ? null
                : System.Text.Encoding.UTF8.GetBytes(StsPolicyParser.Write(entry.Policy)),
            ["FetchedAt"] = entry.FetchedAt,
            ["FailedId"] = entry.FailedId,
            ["RetryAt"] = entry.RetryAt,
            [Keeping.Column] = Keeping.After(entry.Expires > entry.RetryAt ? entry.Expires : entry.RetryAt),
        };

    /// <summary>The entry of a row.</summary>
    internal static StsEntry Read(TableEntity row) =>
        new(
            row.GetString("Id") ?? "",
            row.GetBinary("Policy") is { } policy ? StsPolicyParser.Parse(policy) : null,
            row.GetDateTimeOffset("FetchedAt") ?? DateTimeOffset.MinValue,
            row.GetString("FailedId"),
            row.GetDateTimeOffset("RetryAt") ?? DateTimeOffset.MinValue
        );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The MTA-STS policy store is away; the policy is fetched again."
    )]
    private partial void LogAway(Exception fault);
}
