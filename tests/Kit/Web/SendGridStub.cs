using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Kit.Web;

/// <summary>SendGrid's Web API on loopback, as far as its published rules go; it checks every request and signs events as the real one does.</summary>
public sealed class SendGridStub : IAsyncDisposable
{
    public const string Key = "SG.kit-key";
    private const int MaxBytes = 30_000_000;

    private readonly ConcurrentQueue<JsonElement> _mails = new();
    private readonly ConcurrentQueue<SendGridError> _errors = new();
    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _server;

    private SendGridStub(WebApplication server) => _server = server;

    public Uri Address => new($"https://localhost:{_server.Address().Port}");

    /// <summary>What <c>GET /v3/user/settings/enforced_tls</c> answers.</summary>
    public (bool RequireTls, bool RequireValidCert, double Version) Enforced { get; set; } = (true, true, 1.2);

    /// <summary>Answers every send with this status instead; null to check and take it.</summary>
    public HttpStatusCode? Fails { get; set; }

    /// <summary>Requests that were taken.</summary>
    public IReadOnlyList<JsonElement> Mails => [.. _mails];

    /// <summary>What requests offended against; a test ends with none.</summary>
    public IReadOnlyList<SendGridError> Errors => [.. _errors];

    /// <summary>Key for <c>SendGrid:WebhookKey</c>.</summary>
    public string PublicKey => Convert.ToBase64String(_signing.ExportSubjectPublicKeyInfo());

    public static async Task<SendGridStub> StartAsync(PrivateAuthority authority)
    {
        var certificate = authority.Issue("localhost");
        var stub = new SendGridStub(WebServer.New(_ => certificate.Certificate));
        stub._server.Run(stub.AnswerAsync);
        await stub._server.StartAsync();
        return stub;
    }

    /// <summary>A request of the event webhook, signed; its headers are in it.</summary>
    /// <param name="events">As JSON.</param>
    /// <param name="at">When it is signed.</param>
    public HttpRequestMessage Sign(string events, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = _signing.SignData(
            Encoding.UTF8.GetBytes(timestamp + events),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/hooks/sendgrid")
        {
            Content = new StringContent(events, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature));
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _signing.Dispose();
    }

    private Task AnswerAsync(HttpContext http) =>
        http.Request.Headers.Authorization != $"Bearer {Key}"
            ? RefuseAsync(http, HttpStatusCode.Unauthorized, [new SendGridError(null, "authorization required")])
            : (http.Request.Method, http.Request.Path.Value) switch
            {
                ("GET", "/v3/user/settings/enforced_tls") => http.Response.WriteAsJsonAsync(
                    new Dictionary<string, object>
                    {
                        ["require_tls"] = Enforced.RequireTls,
                        ["require_valid_cert"] = Enforced.RequireValidCert,
                        ["version"] = Enforced.Version,
                    }
                ),
                ("POST", "/v3/mail/send") => SendAsync(http),
                _ => RefuseAsync(http, HttpStatusCode.NotFound, [new SendGridError(null, "not found")]),
            };

    private async Task SendAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (Fails is { } status)
        {
            await RefuseAsync(http, status, [new SendGridError(null, status.ToString())]);
            return;
        }

        if (body.Length > MaxBytes)
        {
            await RefuseAsync(
                http,
                HttpStatusCode.RequestEntityTooLarge,
                [new SendGridError(null, "content too large")]
            );
            return;
        }

        var errors = Read(body.ToArray(), http.Request.ContentType, out var mail);
        if (errors.Count > 0)
        {
            await RefuseAsync(http, HttpStatusCode.BadRequest, errors);
            return;
        }

        _mails.Enqueue(mail);
        http.Response.StatusCode = (int)HttpStatusCode.Accepted;
        http.Response.Headers["X-Message-Id"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    }

    private static IReadOnlyList<SendGridError> Read(byte[] body, string? type, out JsonElement mail)
    {
        mail = default;
        if (type?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            return [new SendGridError(null, "Content-Type should be application/json.")];
        }

        try
        {
            using var json = JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body));
            mail = json.RootElement.Clone();
            return SendGridRules.Check(mail);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return [new SendGridError(null, "Bad Request")];
        }
    }

    private Task RefuseAsync(HttpContext http, HttpStatusCode status, IReadOnlyList<SendGridError> errors)
    {
        foreach (var error in Fails is null ? errors : [])
        {
            _errors.Enqueue(error);
        }

        http.Response.StatusCode = (int)status;
        return http.Response.WriteAsJsonAsync(
            new { errors = errors.Select(error => new { message = error.Message, field = error.Field }) }
        );
    }
}
