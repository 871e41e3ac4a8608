using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>Instances as clients see them, in order of id; a page continues after the last id of the one before.</summary>
internal sealed class InstancePages(HistoryReader reader, DataConverter converter, OrchestrationQuery query)
    : AsyncPageable<OrchestrationMetadata>
{
    public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(
        string? continuationToken = null,
        int? pageSizeHint = null
    )
    {
        var size = pageSizeHint ?? query.PageSize;
        var filter = new InstanceFilter(
            query.CreatedFrom,
            query.CreatedTo,
            query.Statuses?.ToList(),
            query.InstanceIdPrefix
        );
        var after = continuationToken ?? query.ContinuationToken;
        do
        {
            var found = reader.Instances(filter, after, size);
            after = found.Count == size ? found[^1].Id : null;
            yield return new Page<OrchestrationMetadata>(
                [.. found.Select(i => Describe(i, query.FetchInputsAndOutputs, converter))],
                after
            );
            await Task.CompletedTask;
        } while (after is not null);
    }

    public static OrchestrationMetadata Describe(InstanceRecord i, bool payloads, DataConverter converter) =>
        new(i.Name, i.Id)
        {
            DataConverter = payloads ? converter : null,
            RuntimeStatus = i.Status,
            CreatedAt = new DateTimeOffset(i.CreatedAt),
            LastUpdatedAt = new DateTimeOffset(i.UpdatedAt),
            SerializedInput = payloads ? i.Input : null,
            SerializedOutput = payloads ? i.Output : null,
            SerializedCustomStatus = payloads ? i.CustomStatus : null,
            Tags = i.Tags is null
                ? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty
                : JsonSerializer.Deserialize<Dictionary<string, string>>(i.Tags)!,
        };
}
