using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Checking;

/// <summary>The real app with several callers and several kinds of domains. One for the tests of a class.</summary>
public sealed class CheckWorld : IAsyncLifetime
{
    /// <summary>Key of a caller with role policy only.</summary>
    public const string PolicyKey = "check-policy-key";

    /// <summary>Key of a caller that only one test asks with, until it has no probes left.</summary>
    public const string OtherKey = "check-other-key";

    public TestWorld World { get; } = new();

    public AppProcess App { get; private set; } = null!;

    public PostfixServer Good { get; private set; } = null!;

    public IReadOnlyList<PostfixServer> Servers { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Servers = await (await World.Postfix).AddAsync(
            new Dictionary<string, MailFlavour>
            {
                ["mx.good.test"] = MailFlavour.Good,
                ["mx.plain.test"] = MailFlavour.NoTls,
                ["mx.selfsigned.test"] = MailFlavour.SelfSigned,
            }
        );
        Good = Servers[0];
        await (await World.Dns).SetAsync([
            .. Servers.Select(server => server.ZoneFor(server.HostName["mx.".Length..])),
            new Zone("null.test", "@ MX 0 ."),
        ]);
        App = await World.StartAppAsync(
            ("Callers__1__Name", "policy"),
            ("Callers__1__KeyHash", HashOf(PolicyKey)),
            ("Callers__1__Roles__0", "policy"),
            ("Callers__2__Name", "other"),
            ("Callers__2__KeyHash", HashOf(OtherKey)),
            ("Callers__2__Roles__0", "sender"),
            ("Callers__ProbesPerMinute", "60"),
            ("Callers__ProbeBurst", "20")
        );
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>Sends a request with a key; null for none.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        string? key,
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await App.Client.SendAsync(request);
        return new Answer(
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join('\n', h.Value))
        );
    }

    /// <summary>Asks for recipients; the answer is the list <c>recipients</c>.</summary>
    public async Task<JsonElement[]> CheckAsync(params string[] recipients)
    {
        var answer = await SendAsync(
            HttpMethod.Post,
            "/api/tls/check",
            TestWorld.CallerKey,
            JsonContent.Create(new { recipients })
        );
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return [.. answer.Json.GetProperty("recipients").EnumerateArray()];
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>What the app answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
