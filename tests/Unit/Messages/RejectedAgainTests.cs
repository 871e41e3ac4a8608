using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Screening;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>A request that is sent again when the rules have changed since.</summary>
public sealed class RejectedAgainTests
{
    /// <summary>Too large to be judged before it is written.</summary>
    private static readonly string Letter =
        "From: a@sender.example\r\nTo: b@partner.example\r\nSubject: s\r\n\r\nsecret\r\n"
        + string.Concat(Enumerable.Repeat($"{new string('x', 70)}\r\n", 30_000));

    [Fact]
    public async Task A_later_attempt_that_rules_reject_leaves_the_open_row_to_the_message_that_was_taken()
    {
        var tables = new MemoryTables();
        var reading = new Reading();
        var clock = new FakeTimeProvider(Reading.Now);
        var settings = Options.Create(new ScreeningOptions());
        var rules = new MessageRuleTable(tables, settings);
        using var book = new MessageRuleBook(settings, Options.Create(new MessageRulesOptions()), rules, clock);
        using var screen = new MessageScreen(book, new KnownDomains(tables, settings, clock), settings, clock);
        var storage = Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) });
        var writer = new IntakeWriter(
            Chained.Table(tables),
            new IndexTable(tables, new AddressHash(storage)),
            new DueTable(tables),
            new IntakeScreen(screen, new MessageBlobs(reading.Blobs)),
            new UploadClaims(
                new UploadTable(tables),
                new UploadBlobs(reading.Blobs, clock),
                Chained.Table(tables),
                clock,
                NullLogger<UploadClaims>.Instance
            ),
            storage
        );
        async Task<IntakeOutcome> PostAsync() =>
            await writer.WriteAsync(
                await reading.Accepted(Reading.Raw(Letter) with { IdempotencyKey = "once" }),
                default
            );

        (await PostAsync()).ShouldBeOfType<Stored>().IsNew.ShouldBeTrue();
        using var rule = JsonDocument.Parse("""{"action":"reject","words":{"any":["secret"]}}""");
        await rules.PutAsync(
            new StoredMessageRule(
                MessageRuleForm.Read("late", rule.RootElement, settings.Value.Groups.Keys).Rule!,
                "policy",
                Reading.Now
            ),
            default
        );
        book.Forget();
        (await PostAsync()).ShouldBeOfType<Stored>("it was taken before").IsNew.ShouldBeFalse();

        tables.Rows.Keys.Count(key => key.Table == TableNames.Due).ShouldBe(1, "the reconciler must find the message");
    }
}
