using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Screening;

/// <summary>A rule that was put over the API.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="UpdatedBy">Name of the caller who put it.</param>
/// <param name="UpdatedAt">When.</param>
internal sealed record StoredMessageRule(MessageRule Rule, string UpdatedBy, DateTimeOffset UpdatedAt);

/// <summary>The adapter of <see cref="TableNames.MessageRules"/>: PartitionKey <c>all</c>, RowKey the id, so that one query reads all rules.</summary>
internal sealed class MessageRuleTable(TableServiceClient tables, IOptions<ScreeningOptions> options)
{
    private const string Partition = "all";
    private const string Rule = "Rule";
    private const string UpdatedBy = "UpdatedBy";
    private const string UpdatedAt = "UpdatedAt";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly TableClient table = tables.GetTableClient(TableNames.MessageRules);

    /// <summary>All rules.</summary>
    /// <exception cref="TransientFault">They cannot be read, or one of them is not of this version: no rule is ever passed over.</exception>
    public Task<IReadOnlyList<StoredMessageRule>> ReadAllAsync(CancellationToken cancellation) =>
        GuardAsync<IReadOnlyList<StoredMessageRule>>(async () =>
        {
            List<StoredMessageRule> rules = [];
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                rules.Add(Read(row));
            }

            return rules;
        });

    /// <summary>One rule, past every cache; null where there is none.</summary>
    /// <exception cref="TransientFault">It cannot be read.</exception>
    public Task<StoredMessageRule?> FindAsync(string id, CancellationToken cancellation) =>
        GuardAsync(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellation);
            return row.HasValue ? Read(row.Value!) : null;
        });

    /// <summary>Puts a rule in place of the former one of its id.</summary>
    public Task PutAsync(StoredMessageRule stored, CancellationToken cancellation) =>
        GuardAsync(() => table.UpsertEntityAsync(Write(stored), TableUpdateMode.Replace, cancellation));

    /// <summary>Takes the rule out.</summary>
    /// <returns>False where there was none.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellation) =>
        GuardAsync(async () => (await table.DeleteEntityAsync(Partition, id, ETag.All, cancellation)).Status != 404);

    private static TableEntity Write(StoredMessageRule stored) =>
        new(Partition, stored.Rule.Id)
        {
            [Rule] = JsonSerializer.Serialize(MessageRuleJson.Of(stored.Rule), Json),
            [UpdatedBy] = stored.UpdatedBy,
            [UpdatedAt] = stored.UpdatedAt,
        };

    private StoredMessageRule Read(TableEntity row)
    {
        try
        {
            var json = System.Text.Json.Nodes.JsonNode.Parse(row.GetString(Rule) ?? "null")?.AsObject();
            json?.Remove("id");
            var form = MessageRuleForm.Read(
                row.RowKey,
                JsonSerializer.SerializeToElement(json),
                options.Value.Groups.Keys
            );
            return form.Rule is { } rule
                ? new StoredMessageRule(
                    rule,
                    row.GetString(UpdatedBy) ?? "",
                    row.GetDateTimeOffset(UpdatedAt) ?? DateTimeOffset.MinValue
                )
                : throw NotOfThisVersion();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotOfThisVersion();
        }
    }

    private static TransientFault NotOfThisVersion() =>
        new("A message rule is not of this version, or names a group that is not in Screening:Groups.");

    // Refused credentials and a missing table too: whoever cannot read the rules must wait, not go on without them.
    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is RequestFailedException or PermanentFault)
        {
            throw new TransientFault("The message rules cannot be reached.");
        }
    }
}
