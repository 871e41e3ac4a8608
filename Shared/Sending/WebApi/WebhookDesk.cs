using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Sending.WebApi;

/// <summary>What became of a request of the event webhook.</summary>
/// <param name="IsGenuine">False: its signature, its age or its repetition says that it is not to be believed; nothing was changed.</param>
/// <param name="Bounced">Recipients who failed after their message was completed: nobody else tells their sender.</param>
internal sealed record WebhookOutcome(bool IsGenuine, IReadOnlyList<(string MessageId, int N)> Bounced);

/// <summary>Takes events of the provider, signed, fresh and once.</summary>
internal sealed partial class WebhookDesk(
    MessageTable messages,
    IOptions<SendGridOptions> options,
    TimeProvider clock,
    ILogger<WebhookDesk> logger
)
{
    private const int Tries = 5;
    private static readonly WebhookOutcome Refused = new(false, []);
    private readonly TakenRequests _taken = new(clock, options.Value.WebhookTolerance);

    /// <summary>Takes the events of one request.</summary>
    /// <exception cref="JsonException">Signed, and no list of events.</exception>
    /// <exception cref="TransientFault">Storage is away, or an event is early: the provider sends them again, and what was taken is known.</exception>
    public async Task<WebhookOutcome> TakeAsync(
        string? timestamp,
        string? signature,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellation
    )
    {
        if (!IsGenuine(timestamp, signature, body.Span))
        {
            LogRefused();
            return Refused;
        }

        List<(string, int)> bounced = [];
        var early = false;
        foreach (var what in ProviderEvent.ReadAll(body))
        {
            var row = await TakeAsync(what, cancellation);
            early |= row is not null && EventRules.IsTooEarly(row, what);
            if (row is { State: RecipientState.Bounced, ToldIn: null })
            {
                bounced.Add((what.MessageId, what.N));
            }
        }

        if (early)
        {
            throw new TransientFault("An event came before its mail was written down as handed over.");
        }

        // Rows know events that they have seen; this spares the same request, sent again, even the reading.
        _taken.Remember(Name(timestamp!, body.Span));
        return new WebhookOutcome(true, await CompletedAsync(bounced, cancellation));
    }

    private bool IsGenuine(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (
            options.Value.WebhookKey is not { Length: > 0 } text
            || signature is null
            || !_taken.IsFresh(timestamp)
            || _taken.Has(Name(timestamp, body))
        )
        {
            return false;
        }

        using var key = WebhookSignature.KeyOf(text);
        return WebhookSignature.IsGood(key, timestamp, body, signature);
    }

    /// <returns>The row as the event left it, or had left it before: who sends it again was not answered; null where there is none.</returns>
    private async Task<RecipientRow?> TakeAsync(ProviderEvent what, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var rows = await messages.RecipientsAsync(what.MessageId, what.Attempt, what.N, 1, cancellation);
            if (rows is not [var row])
            {
                return null;
            }

            if (
                !EventRules.Apply(row, what, clock.GetUtcNow())
                || await messages.UpdateAsync(rows, cancellation) == WriteOutcome.Done
            )
            {
                return row;
            }
        }

        throw new TransientFault("The row of a recipient keeps changing.");
    }

    private async Task<IReadOnlyList<(string, int)>> CompletedAsync(
        List<(string Id, int N)> bounced,
        CancellationToken cancellation
    )
    {
        List<(string, int)> orphans = [];
        foreach (var one in bounced)
        {
            if (await messages.FindAsync(one.Id, cancellation) is { IsFinished: true })
            {
                orphans.Add(one);
            }
        }

        return orphans;
    }

    private static string Name(string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(WebhookSignature.HashOf(timestamp, body));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A request to the SendGrid webhook was refused: signature, age or replay"
    )]
    private partial void LogRefused();
}
