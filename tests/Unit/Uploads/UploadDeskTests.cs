using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Uploads;

/// <summary>How many sessions a caller has, and whose an upload is.</summary>
public sealed class UploadDeskTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);
    private readonly UploadTable table;
    private readonly UploadDesk desk;

    public UploadDeskTests()
    {
        var tables = new MemoryTables();
        table = new UploadTable(tables);
        desk = new UploadDesk(
            table,
            new UploadBlobs(new MemoryBlobs(), clock),
            Chained.Table(tables),
            new DueTable(tables),
            Options.Create(new UploadOptions { MaxOpen = 2 }),
            clock
        );
    }

    [Fact]
    public async Task Sessions_that_messages_refer_to_are_bounded_too_since_their_URLs_still_write()
    {
        for (var n = 0; n < 20; n++)
        {
            await UseAsync((await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.Opened>().Row);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var refused = (await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.TooMany>();

        refused.RetryAfter.ShouldBe(TimeSpan.FromMinutes(40), "the first of them ends then");
        (await desk.OpenAsync("other", default)).ShouldBeOfType<UploadOutcome.Opened>();
        clock.Advance(refused.RetryAfter);
        (await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.Opened>();
    }

    [Fact]
    public async Task Sessions_that_no_message_refers_to_are_few()
    {
        await desk.OpenAsync("kit", default);
        var second = (await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.Opened>().Row;
        (await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.TooMany>();

        await UseAsync(second);

        (await desk.OpenAsync("kit", default)).ShouldBeOfType<UploadOutcome.Opened>();
    }

    [Fact]
    public void An_upload_is_a_messages_as_long_as_one_of_its_attempts_has_it()
    {
        var row = new UploadRow("kit", "u");
        row.Claim("m1", "a", Start);
        row.Claim("m1", "b", Start.AddSeconds(1));
        row.Claim("m1", "b", Start.AddSeconds(2));

        row.GiveBack("a");
        (row.UsedBy, row.UsedAt).ShouldBe(("m1", Start.AddSeconds(2)));
        row.GiveBack("a");
        row.UsedBy.ShouldBe("m1");
        row.GiveBack("b");
        (row.UsedBy, row.UsedAt).ShouldBe((null, null));
    }

    [Fact]
    public void Another_message_has_it_alone()
    {
        var row = new UploadRow("kit", "u");
        row.Claim("m1", "a", Start);

        row.Claim("m2", "b", Start);

        (row.UsedBy, string.Join(' ', row.Attempts)).ShouldBe(("m2", "b"));
    }

    private async Task UseAsync(UploadRow row)
    {
        var stored = (await table.FindAsync(row.Caller, row.Id, default))!;
        stored.Claim("m", "a", clock.GetUtcNow());
        (await table.UpdateAsync(stored, default)).ShouldBe(WriteOutcome.Done);
    }
}
