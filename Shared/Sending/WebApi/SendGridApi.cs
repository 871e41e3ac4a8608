using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SendGrid;

namespace TlsOrLink.Sending.WebApi;

/// <summary>What the API said.</summary>
/// <param name="Status">HTTP status; null where no answer came.</param>
/// <param name="Text">Message id or error, one line; never an address of ours.</param>
/// <param name="WasSent">The request may have been read although no answer came.</param>
internal sealed record ApiAnswer(HttpStatusCode? Status, string Text, bool WasSent);

/// <summary>What the account enforces (<c>GET /v3/user/settings/enforced_tls</c>).</summary>
internal sealed record EnforcedTls(
    [property: JsonPropertyName("require_tls")] bool RequireTls,
    [property: JsonPropertyName("require_valid_cert")] bool RequireValidCert,
    [property: JsonPropertyName("version")] double Version = 1.1
)
{
    /// <summary>TLS 1.2 or newer and a valid certificate, or no delivery.</summary>
    public bool IsEnough => RequireTls && RequireValidCert && Version >= 1.2;
}

/// <summary>The adapter of SendGrid's Web API v3.</summary>
internal sealed class SendGridApi(HttpClient http, IOptions<SendGridOptions> options, TimeProvider clock)
{
    private const int MaxErrorText = 300;

    /// <summary>Sends a request that <see cref="SendGridMail"/> made. Every answer is a value.</summary>
    public async Task<ApiAnswer> SendAsync(string json, string key, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.Value.RequestDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var response = await Client(key)
                .RequestAsync(BaseClient.Method.POST, json, null, "mail/send", either.Token);
            return new ApiAnswer(response.StatusCode, await TextAsync(response, either.Token), WasSent: true);
        }
        catch (HttpRequestException error)
        {
            var early =
                error.HttpRequestError
                is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError;
            return new ApiAnswer(null, "", WasSent: !early);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return new ApiAnswer(null, "", WasSent: true);
        }
    }

    /// <summary>What the account of a key enforces; null where that cannot be found out now.</summary>
    public async Task<EnforcedTls?> FindEnforcedTlsAsync(string key, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.Value.RequestDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var response = await Client(key)
                .RequestAsync(BaseClient.Method.GET, null, null, "user/settings/enforced_tls", either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? JsonSerializer.Deserialize<EnforcedTls>(await response.Body.ReadAsStringAsync(either.Token))
                : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private SendGridClient Client(string key) =>
        new(
            http,
            new SendGridClientOptions { ApiKey = key, Host = options.Value.BaseUri.GetLeftPart(UriPartial.Authority) }
        );

    private static async Task<string> TextAsync(Response response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return response.Headers.TryGetValues("X-Message-Id", out var ids) ? string.Join(' ', ids) : "";
        }

        // The field and not the message: that can repeat an address.
        var body = await response.Body.ReadAsStringAsync(cancellation);
        try
        {
            using var json = JsonDocument.Parse(body);
            var fields = json
                .RootElement.GetProperty("errors")
                .EnumerateArray()
                .Select(error => error.TryGetProperty("field", out var field) ? field.ToString() : "");
            var text = string.Join(' ', fields);
            return text.Length > MaxErrorText ? text[..MaxErrorText] : text;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "";
        }
    }
}
