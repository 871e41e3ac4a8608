using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Screening;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Intake;

public sealed class WritingTests
{
    [Fact]
    public async Task Writes_a_message_of_one_recipient_in_three_table_calls_and_one_blob_write()
    {
        await using var intakes = await Intakes.StartAsync();
        await intakes.Get<MessageRuleBook>().EnabledAsync(default); // read once a minute, not once a message
        var before = intakes.Proxy.Calls.Count;

        var message = await intakes.StoredAsync(Intakes.Json("b@x.example"));

        var calls = intakes.Proxy.CallsSince(before);
        string.Join('\n', calls.Select(Short)).ShouldBe("PUT Due\nPUT messages\n$batch Index\n$batch Messages");
        var partition = await intakes.Get<MessageTable>().PartitionAsync(message.Id, default);
        partition.ShouldNotBeNull();
        partition.Message.Blob.ShouldBe(message.Blob);
        partition.Message.ETag.ShouldBe(
            message.ETag,
            "the row that was written can be updated without reading it again"
        );
        partition.Recipients.Single().Address.ShouldBe("b@x.example");
    }

    [Fact]
    public async Task Writes_many_recipients_in_batches_and_the_message_last()
    {
        await using var intakes = await Intakes.StartAsync(("Storage:RowsPerBatch", "2"));
        await intakes.Get<MessageRuleBook>().EnabledAsync(default); // read once a minute, not once a message
        var before = intakes.Proxy.Calls.Count;

        var message = await intakes.StoredAsync(
            Intakes.Json("1@b.example", "2@a.example", "3@b.example", "4@a.example", "5@c.example")
        );

        var calls = intakes.Proxy.CallsSince(before);
        string.Join('\n', calls.Select(Short))
            .ShouldBe(
                "PUT Due\nPUT messages\n$batch Messages\n$batch Messages\n$batch Messages\n$batch Index\n$batch Messages"
            );
        calls[^1].Entities.Select(entity => entity.RowKey).ShouldBe(["m", "e:m:00000001"]);
        (message.RecipientCount, message.DomainCount).ShouldBe((5, 3));
        var middle = await intakes.Get<MessageTable>().RecipientsAsync(message.Id, message.Attempt, 1, 3, default);
        middle.Select(row => $"{row.N} {row.Address}").ShouldBe(["1 4@a.example", "2 1@b.example", "3 3@b.example"]);
        (await intakes.RowsAsync(TableNames.Index)).Count.ShouldBe(7);
        (await intakes.RowsAsync(TableNames.Index)).ShouldAllBe(row =>
            !row.Contains("example", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("100")]
    [InlineData("2")]
    public async Task Makes_one_message_of_one_key_however_many_come_at_once(string rowsPerBatch)
    {
        await using var intakes = await Intakes.StartAsync(("Storage:RowsPerBatch", rowsPerBatch));
        var body = Intakes.Json("b@x.example", "c@y.example", "d@z.example");

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => intakes.PostAsync(body, "key")));

        var stored = all.OfType<Stored>().ToList();
        stored.Count.ShouldBe(12);
        stored.Count(one => one.IsNew).ShouldBe(1);
        stored.Select(one => one.Message.Attempt).Distinct().Count().ShouldBe(1);
        var winner = stored[0].Message;
        (await intakes.BlobsAsync(ContainerNames.Messages)).ShouldBe([winner.Blob]);
        (await intakes.RowsAsync(TableNames.Messages)).Count.ShouldBe(5);
        (await intakes.RowsAsync(TableNames.Index)).Count.ShouldBe(5);
        (await intakes.RowsAsync(TableNames.Due)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_another_body_under_the_same_key_and_keeps_the_first()
    {
        await using var intakes = await Intakes.StartAsync();
        var first = await intakes.StoredAsync(Intakes.Json("b@x.example"), "key");

        var problem = (await intakes.PostAsync(Intakes.Json("c@x.example"), "key")).ShouldBeOfType<IntakeProblem>();

        (problem.Status, problem.Type).ShouldBe((409, "idempotency-conflict"));
        (await intakes.BlobsAsync(ContainerNames.Messages)).ShouldBe([first.Blob]);
        (await intakes.Get<MessageTable>().PartitionAsync(first.Id, default))!
            .Recipients.Single()
            .Address.ShouldBe("b@x.example");
    }

    [Theory]
    [InlineData("100")]
    [InlineData("1")]
    public async Task Knows_its_own_message_when_the_answer_to_the_last_write_was_lost(string rowsPerBatch)
    {
        await using var intakes = await Intakes.StartAsync(
            ("Storage:RowsPerBatch", rowsPerBatch),
            ("Storage:Tries", "3")
        );
        using var lost = intakes.Proxy.FailWhen(
            call => call.Writes(TableNames.Messages, Keys.Message),
            StorageFault.ResetAfterwards,
            times: 1
        );

        var outcome = await intakes.PostAsync(Intakes.Json("b@x.example"));

        lost.Count.ShouldBe(1, "the test must have reached the last write");
        outcome.ShouldBeOfType<Stored>().IsNew.ShouldBeTrue();
        (await intakes.BlobsAsync(ContainerNames.Messages)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Due")]
    [InlineData("messages")]
    [InlineData("Index")]
    [InlineData("Messages")]
    public async Task Keeps_nothing_that_a_reader_sees_when_storage_goes_away_and_takes_the_retry(string at)
    {
        await using var intakes = await Intakes.StartAsync();
        var body = Intakes.Json("b@x.example");
        using (
            var away = intakes.Proxy.FailWhen(
                call => Short(call).EndsWith($" {at}", StringComparison.Ordinal),
                StorageFault.Unavailable
            )
        )
        {
            await Should.ThrowAsync<TransientFault>(() => intakes.PostAsync(body, "key"));
            away.Count.ShouldBe(1);
        }

        (await intakes.RowsAsync(TableNames.Messages)).ShouldBeEmpty();
        (await intakes.PostAsync(body, "key")).ShouldBeOfType<Stored>().IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Stages_a_large_message_in_blocks_and_keeps_it_byte_for_byte()
    {
        await using var intakes = await Intakes.StartAsync();
        var text = $"From: a@sender.example\r\nTo: b@x.example\r\n\r\n{string.Concat(Enumerable.Range(0, 400_000))}";

        var message = await intakes.StoredAsync(text);

        intakes.Proxy.Calls.Count(call => call.Kind == "block").ShouldBeGreaterThan(2);
        message.Bytes.ShouldBe(text.Length);
        System
            .Text.Encoding.ASCII.GetString(await intakes.BlobAsync(ContainerNames.Messages, message.Blob))
            .ShouldBe(text);
    }

    private static string Short(StorageCall call) =>
        call.Kind == "$batch" ? $"$batch {call.Entities[0].Table}"
        : call.Service == StorageService.Blob ? $"{call.Method} {call.Container}"
        : $"{(call.Method == "PATCH" ? "PUT" : call.Method)} {call.Container}{(call.Container.Length == 0 ? call.Entities[0].Table : "")}";
}
