using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>
/// The managed identity endpoint of an App Service, on loopback. Its tokens are unsigned in effect: Azurite reads
/// audience, issuer and life, and no more.
/// </summary>
public sealed class IdentityEndpoint : IAsyncDisposable
{
    private const string Tenant = "8f3f6f2e-0f0a-4c1e-9d52-6a5b7c8d9e0f";

    private readonly WebApplication _server;
    private readonly string _secret = Guid.NewGuid().ToString("n");
    private int _tokens;

    private IdentityEndpoint(WebApplication server) => _server = server;

    /// <summary>How many tokens were asked for.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>What makes Azure.Identity's ManagedIdentityCredential use this endpoint.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["IDENTITY_ENDPOINT"] = $"{_server.Address()}msi/token",
            ["IDENTITY_HEADER"] = _secret,
        };

    /// <summary>A credential with the same identity, for clients in the test process.</summary>
    public TokenCredential Credential { get; } =
        DelegatedTokenCredential.Create((_, _) => new AccessToken(NewToken(), DateTimeOffset.UtcNow.AddHours(1)));

    public static async Task<IdentityEndpoint> StartAsync()
    {
        var server = WebServer.New();
        var endpoint = new IdentityEndpoint(server);
        server.MapGet("/msi/token", endpoint.Answer);
        await server.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Answer(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != _secret)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        Interlocked.Increment(ref _tokens);
        return Results.Json(
            new
            {
                access_token = NewToken(),
                expires_on = DateTimeOffset
                    .UtcNow.AddDays(1)
                    .ToUnixTimeSeconds()
                    .ToString(CultureInfo.InvariantCulture),
                resource = request.Query["resource"].ToString(),
                token_type = "Bearer",
            }
        );
    }

    private static string NewToken()
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new
        {
            aud = "https://storage.azure.com/",
            iss = $"https://sts.windows.net/{Tenant}/",
            iat = now.AddMinutes(-5).ToUnixTimeSeconds(),
            nbf = now.AddMinutes(-5).ToUnixTimeSeconds(),
            exp = now.AddDays(1).ToUnixTimeSeconds(),
            oid = "0d9f3c52-35a4-4b0e-8a39-1f6d2c7b4e11",
            sub = "0d9f3c52-35a4-4b0e-8a39-1f6d2c7b4e11",
            tid = Tenant,
            ver = "1.0",
        };
        return $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.bm90LWNoZWNrZWQ";
    }

    private static string Part(object value) =>
        Convert
            .ToBase64String(JsonSerializer.SerializeToUtf8Bytes(value))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
}
