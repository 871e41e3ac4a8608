using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Screening;

/// <summary>The real app with a sender, a keeper of the rules and an approver.</summary>
public sealed class ScreeningWorld : DeliveryWorld
{
    public const string PolicyKey = "screening-policy-key";
    public const string ApproverKey = "screening-approver-key";

    /// <summary>A My Number of the published examples.</summary>
    public const string MyNumber = "123456789018";

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            ("Callers__1__Name", "policy"),
            ("Callers__1__KeyHash", HashOf(PolicyKey)),
            ("Callers__1__Roles__0", "policy"),
            ("Callers__2__Name", "approver"),
            ("Callers__2__KeyHash", HashOf(ApproverKey)),
            ("Callers__2__Roles__0", "approver"),
            ("Screening__Groups__sales", "*@sales.sender.example, taro@sender.example"),
            ("MessageRules__0__Id", "of-the-configuration"),
            ("MessageRules__0__Rule", """{"action":"warn","words":{"any":["configured-word"]}}"""),
        ];

    /// <summary>Puts a rule that holds for one domain alone, so that tests do not meet each other's.</summary>
    public async Task PutRuleAsync(string id, string domain, string rest)
    {
        var (status, body) = await SendAsync(
            HttpMethod.Put,
            $"/api/message-rules/{id}",
            PolicyKey,
            Json($$"""{"recipients":{"domains":["{{domain}}"]},{{rest}}}""")
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    /// <summary>Posts a message with one file, whatever the answer.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string domain,
        string text = "hello",
        (string Name, byte[] Content)? file = null,
        object? options = null,
        string? language = null
    )
    {
        var content = JsonContent.Create(
            new
            {
                sender = "hanako@sender.example",
                recipients = new { to = new[] { $"a@{domain}", $"b@{domain}" } },
                subject = "rules",
                body = new { text },
                attachments = file is { } given
                    ? [new { name = given.Name, contentBytes = Convert.ToBase64String(given.Content) }]
                    : Array.Empty<object>(),
                options,
            }
        );
        return SendAsync(HttpMethod.Post, "/api/messages", TestWorld.CallerKey, content, language);
    }

    /// <summary>Posts a message that has to be taken; gives its id.</summary>
    public async Task<(string Id, JsonElement Body)> AcceptedAsync(
        string domain,
        string text = "hello",
        (string Name, byte[] Content)? file = null,
        object? options = null
    )
    {
        var (status, body) = await PostAsync(domain, text, file, options);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return (body.GetProperty("id").GetString()!, body);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        string key,
        HttpContent? content = null,
        string? language = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("x-functions-key", key);
        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        using var answer = await App.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Codes of the warnings of a message or a problem.</summary>
    public static string[] Codes(JsonElement body) =>
        body.TryGetProperty("warnings", out var warnings)
            ? [.. warnings.EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!)]
            : [];

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A ZIP whose one entry needs a password.</summary>
    public static byte[] EncryptedZip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.txt").Open();
            entry.Write("x"u8);
        }

        var bytes = stream.ToArray();
        bytes[6] |= 1; // the encryption flag of the first entry
        return bytes;
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
