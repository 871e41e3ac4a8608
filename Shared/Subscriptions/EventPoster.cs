using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Subscriptions;

/// <summary>Posts one notification, signed, with one <see cref="HttpClient"/> for the process. Of the answer nothing but the status is read.</summary>
internal sealed class EventPoster(
    IResolver resolver,
    WebhookGuard guard,
    IOptions<SubscriptionsOptions> options,
    TimeProvider clock
) : IDisposable
{
    private readonly HttpClient http = new(WebhookHandler.Create(resolver, guard.Addresses))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>One try.</summary>
    /// <exception cref="OperationCanceledException">The token ended.</exception>
    public async Task<PostResult> PostAsync(
        Subscription subscription,
        string eventId,
        byte[] body,
        CancellationToken cancellation
    )
    {
        using var deadline = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var request = Request(subscription, eventId, body);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return PostJudge.Of(answer.StatusCode, RetryAfter(answer.Headers.RetryAfter));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return PostJudge.Of(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Subscription subscription, string eventId, byte[] body)
    {
        var now = clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TlsOrLink", productVersion: null));
        request.Headers.Add(EventSignature.IdHeader, eventId);
        request.Headers.Add(
            EventSignature.TimestampHeader,
            now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        );
        request.Headers.Add(
            EventSignature.SignatureHeader,
            EventSignature.Of(subscription.SecretsAt(now), eventId, now, body)
        );
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
}
