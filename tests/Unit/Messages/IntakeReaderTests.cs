using System.Text;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class IntakeReaderTests
{
    private const string Least = """{"sender":"a@sender.example","recipients":"b@x.example"}""";

    [Fact]
    public async Task Refuses_by_the_stated_length_before_it_reads_a_byte()
    {
        var request = Reading.Json(Least) with { ContentLength = 1001, Body = Stream.Null };

        var problem = await new Reading(new IntakeOptions { MaxBytes = 1000 }).Refused(request);

        (problem.Status, problem.Type).ShouldBe((413, "message-too-large"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("message/rfc822")]
    public async Task Refuses_what_grows_too_large_while_it_is_read_and_keeps_nothing(string type)
    {
        var start =
            type == "message/rfc822" ? "From: a@sender.example\r\nTo: b@x.example\r\n\r\n" : """{"body":{"text":" """;
        var body = Encoding.ASCII.GetBytes(start + new string('x', 5_000_000));
        var reading = new Reading(new IntakeOptions { MaxBytes = 4_000_000 });

        var problem = await reading.Refused(Reading.Request(body, type) with { ContentLength = null });

        (problem.Status, problem.Type).ShouldBe((413, "message-too-large"));
        reading.Blobs.StagedBytes.ShouldBeGreaterThan(0, "the test must have got as far as staging");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("application/json; charset=shift_jis")]
    public async Task Refuses_other_content_types(string? type)
    {
        var problem = await new Reading().Refused(Reading.Json(Least) with { ContentType = type });

        (problem.Status, problem.Type).ShouldBe((415, "unsupported-media-type"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    public async Task Refuses_an_idempotency_key_that_is_not_visible_ascii(string key)
    {
        var problem = await new Reading().Refused(Reading.Json(Least) with { IdempotencyKey = key });

        problem.Errors.Keys.ShouldBe(["Idempotency-Key"]);
    }

    [Fact]
    public async Task Gives_one_id_to_a_caller_and_its_key_and_a_new_attempt_each_time()
    {
        var reading = new Reading();

        var one = await reading.Accepted(Reading.Json(Least) with { IdempotencyKey = "k" });
        var two = await reading.Accepted(Reading.Json(Least) with { IdempotencyKey = "k" });
        var otherKey = await reading.Accepted(Reading.Json(Least) with { IdempotencyKey = "l" });
        var otherCaller = await reading.Accepted(Reading.Json(Least) with { IdempotencyKey = "k", Caller = "other" });
        var without = await reading.Accepted(Reading.Json(Least));

        one.Id.ShouldMatch("^[0-9a-f]{32}$");
        one.Attempt.ShouldMatch("^[0-9a-f]{8}$");
        two.Id.ShouldBe(one.Id);
        two.Attempt.ShouldNotBe(one.Attempt);
        new[] { one.Id, otherKey.Id, otherCaller.Id, without.Id }.ShouldBeUnique();
        one.Content.Blob.ShouldBe($"2026010909/{one.Id}/{one.Attempt}.eml");
    }

    [Fact]
    public async Task Takes_as_many_recipients_as_allowed_and_not_one_more()
    {
        var reading = new Reading(new IntakeOptions { MaxRecipients = 3 });
        var most = await reading.Accepted(Reading.Json(With("a@x.example", "b@x.example", "c@x.example")));
        var problem = await reading.Refused(
            Reading.Json(With("a@x.example", "b@x.example", "c@x.example", "d@x.example"))
        );

        most.Recipients.Count.ShouldBe(3);
        problem.Errors.Keys.ShouldBe(["recipients[3]"]);
    }

    private static string With(params string[] recipients) =>
        $$"""{"sender":"a@sender.example","recipients":["{{string.Join("\",\"", recipients)}}"]}""";

    [Theory]
    [InlineData("encrypted", TlsPolicy.Verified, false)]
    [InlineData("verified", TlsPolicy.Verified, true)]
    [InlineData("authenticated", TlsPolicy.Verified, true)]
    [InlineData("verified", TlsPolicy.Authenticated, false)]
    public async Task Refuses_an_option_that_is_looser_than_the_policy_and_names_the_floor(
        string asked,
        TlsPolicy floor,
        bool taken
    )
    {
        var body =
            $$$"""{"sender":"ann@sender.example","recipients":["bob@b.example"],"options":{"tlsPolicy":"{{{asked}}}"}}""";
        var reading = new Reading();
        var request = Reading.Json(body) with { PolicyFloor = floor };

        if (taken)
        {
            await reading.Accepted(request);
            return;
        }

        var problem = await reading.Refused(request);
        problem.Type.ShouldBe("policy-floor");
        problem.Errors.ShouldContainKey("options.tlsPolicy");
        problem.Detail.ShouldContain(floor.ToString().ToLowerInvariant());
    }
}
