using Azure;
using Azure.Data.Tables;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Routing;

/// <summary>A rule that was put over the API.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="UpdatedBy">Name of the caller who put it.</param>
/// <param name="UpdatedAt">When.</param>
internal sealed record StoredRule(DomainRule Rule, string UpdatedBy, DateTimeOffset UpdatedAt);

/// <summary>The adapter of <see cref="TableNames.DomainRules"/>: PartitionKey <c>all</c>, RowKey the domain as A-labels, so that one query reads all rules.</summary>
internal sealed class DomainRuleTable(TableServiceClient tables)
{
    private const string Partition = "all";
    private const string Action = "Action";
    private const string Minimum = "Minimum";
    private const string UpdatedBy = "UpdatedBy";
    private const string UpdatedAt = "UpdatedAt";

    private readonly TableClient table = tables.GetTableClient(TableNames.DomainRules);

    /// <summary>All rules.</summary>
    /// <exception cref="TransientFault">They cannot be read, or one of them is not of this version: no rule is ever passed over.</exception>
    public Task<IReadOnlyList<StoredRule>> ReadAllAsync(CancellationToken cancellation) =>
        GuardAsync<IReadOnlyList<StoredRule>>(async () =>
        {
            List<StoredRule> rules = [];
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                rules.Add(Read(row));
            }

            return rules;
        });

    /// <summary>The rule of one domain, past every cache; null where there is none.</summary>
    /// <exception cref="TransientFault">It cannot be read.</exception>
    public Task<StoredRule?> FindAsync(MailDomain domain, CancellationToken cancellation) =>
        GuardAsync(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                Partition,
                domain.Name,
                cancellationToken: cancellation
            );
            return row.HasValue ? Read(row.Value!) : null;
        });

    /// <summary>Puts a rule in place of the domain's former one.</summary>
    public Task PutAsync(StoredRule stored, CancellationToken cancellation) =>
        GuardAsync(() => table.UpsertEntityAsync(Write(stored), TableUpdateMode.Replace, cancellation));

    /// <summary>Takes the rule out.</summary>
    /// <returns>False where there was none.</returns>
    public Task<bool> DeleteAsync(MailDomain domain, CancellationToken cancellation) =>
        GuardAsync(async () =>
            (await table.DeleteEntityAsync(Partition, domain.Name, ETag.All, cancellation)).Status != 404
        );

    /// <summary>The row of a rule.</summary>
    internal static TableEntity Write(StoredRule stored) =>
        new(Partition, stored.Rule.Domain.Name)
        {
            [Action] = $"{stored.Rule.Action}",
            [Minimum] = stored.Rule.Minimum is { } minimum ? $"{minimum}" : null,
            [UpdatedBy] = stored.UpdatedBy,
            [UpdatedAt] = stored.UpdatedAt,
        };

    /// <summary>The rule of a row.</summary>
    /// <exception cref="TransientFault">A newer version wrote it.</exception>
    internal static StoredRule Read(TableEntity row)
    {
        var hasMinimum = row.GetString(Minimum) is not null;
        if (
            !MailDomain.TryParse(row.RowKey, out var domain)
            || !Enum.TryParse<DomainAction>(row.GetString(Action), out var action)
            || !Enum.IsDefined(action)
            || (!Enum.TryParse<TlsPolicy>(row.GetString(Minimum), out var minimum) && hasMinimum)
            || !Enum.IsDefined(minimum)
        )
        {
            throw new TransientFault("A domain rule is not of this version: update this instance.");
        }

        return new StoredRule(
            new DomainRule(domain, action, hasMinimum ? minimum : null),
            row.GetString(UpdatedBy) ?? "",
            row.GetDateTimeOffset(UpdatedAt) ?? DateTimeOffset.MinValue
        );
    }

    // Refused credentials and a missing table too: whoever cannot read the rules must wait, not go on without them.
    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is RequestFailedException or PermanentFault)
        {
            throw new TransientFault("The domain rules cannot be reached.");
        }
    }
}
