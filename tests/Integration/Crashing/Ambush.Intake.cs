namespace TlsOrLink.Tests.Integration.Crashing;

/// <content>The points before the <c>202</c>.</content>
internal sealed partial class Ambush
{
    private Func<Task> AfterTheBlob()
    {
        var stall = Hold(call => call is { Container: "messages", Method: "PUT", Name.Length: > 0 }, before: false);
        return async () =>
        {
            var call = await ReachedAsync(stall);
            (await _world.BlobsAsync("messages", call.Name.Split('/')[1])).ShouldHaveSingleItem();
            (await _world.ReadRecipientsAsync(_letter)).ShouldBeEmpty("no row may be written before the blob is");
        };
    }

    private Func<Task> BetweenRowBatches()
    {
        // Not by number: a batch that met a closed connection comes twice.
        HashSet<string>? first = null;
        var stall = Hold(
            call =>
            {
                if (!WritesRows(call))
                {
                    return false;
                }

                var keys = call.Entities.Select(entity => entity.RowKey).ToHashSet(StringComparer.Ordinal);
                first ??= keys;
                return !first.Overlaps(keys);
            },
            before: true
        );
        return async () =>
        {
            await ReachedAsync(stall);
            (await _world.ReadRecipientsAsync(_letter)).Count.ShouldBe(CrashWorld.RowsPerBatch);
        };
    }

    private Func<Task> BeforeM()
    {
        var stall = Hold(call => call.Writes("Messages", "m"), before: true);
        return async () =>
        {
            await ReachedAsync(stall);
            var rows = await _world.ReadRecipientsAsync(_letter);
            rows.Count.ShouldBe(_letter.Recipients.Count);
            (await _world.IsMessageAsync(rows[0].MessageId)).ShouldBeFalse();
        };
    }

    private Func<Task> BetweenMAndTheStart()
    {
        var stall = Hold(call => call.Writes("Messages", "m"), before: false);
        return async () =>
        {
            var id = (await ReachedAsync(stall)).Entities[0].PartitionKey;
            (await _world.IsMessageAsync(id)).ShouldBeTrue();
            _world.CountInstances(id).ShouldBe(0, "the orchestration must not be started yet");
        };
    }
}
