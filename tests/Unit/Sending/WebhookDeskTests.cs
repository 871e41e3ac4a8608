using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending;
using TlsOrLink.Sending.WebApi;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>Events that come while, or before, the delivery writes its own side down.</summary>
public sealed class WebhookDeskTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string Attempt = "0123abcd";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MessageTable messages = Chained.Table(new MemoryTables());
    private readonly WebhookDesk desk;

    public WebhookDeskTests() =>
        desk = new WebhookDesk(
            messages,
            Options.Create(
                new SendGridOptions { WebhookKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) }
            ),
            new FakeTimeProvider(Now),
            NullLogger<WebhookDesk>.Instance
        );

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task An_event_before_the_hand_over_is_written_down_is_asked_for_again()
    {
        var row = Row(0, RecipientState.Sending);
        (row.Ledger, row.ClaimedBy, row.ClaimedAt) = (LedgerState.Claimed, "token", Now);
        await StoreAsync(MessageState.Delivering, row);

        await Should.ThrowAsync<TransientFault>(() => TakeAsync("delivered", 0));
        var settled = await FindAsync(0);
        settled.HandOver(Now);
        await messages.UpdateAsync([settled], default);
        (await TakeAsync("delivered", 0)).IsGenuine.ShouldBeTrue("the same request is no replay: it was not taken");

        (await FindAsync(0)).State.ShouldBe(RecipientState.Accepted);
    }

    [Fact]
    public async Task A_bounce_whose_answer_was_lost_is_told_when_it_is_sent_again()
    {
        var early = Row(1, RecipientState.Sending);
        early.Ledger = LedgerState.Claimed;
        var late = Row(0, RecipientState.Accepted);
        late.HandedOverAt = Now;
        await StoreAsync(MessageState.Completed, late, early);

        await Should.ThrowAsync<TransientFault>(() => TakeAsync("bounce", 0, 1));
        (await FindAsync(0)).State.ShouldBe(RecipientState.Bounced);
        var settled = await FindAsync(1);
        settled.HandOver(Now);
        await messages.UpdateAsync([settled], default);

        (await TakeAsync("bounce", 0, 1)).Bounced.ShouldBe([(Id, 0), (Id, 1)]);
    }

    private static RecipientRow Row(int n, RecipientState state) =>
        new(Id, Attempt, n)
        {
            State = state,
            Route = Route.Tls,
            CreatedAt = Now,
        };

    private Task StoreAsync(MessageState state, params RecipientRow[] rows) =>
        messages.AddAsync(
            [
                new MessageRow(Id)
                {
                    Attempt = Attempt,
                    State = state,
                    CreatedAt = Now,
                },
                .. rows,
            ],
            default
        );

    private async Task<RecipientRow> FindAsync(int n) =>
        (await messages.RecipientsAsync(Id, Attempt, n, 1, default)).ShouldHaveSingleItem();

    private Task<WebhookOutcome> TakeAsync(string kind, params int[] numbers)
    {
        var events = numbers.Select(n =>
            $$"""{"event":"{{kind}}","sg_event_id":"{{kind}}-{{n}}","reason":"550","tlsorlink":"{{ProviderEvent.MarkOf(
                Id,
                Attempt,
                n
            )}}"}"""
        );
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
        var timestamp = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = key.SignData(
            [.. Encoding.UTF8.GetBytes(timestamp), .. body],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return desk.TakeAsync(timestamp, Convert.ToBase64String(signature), body, default);
    }
}
