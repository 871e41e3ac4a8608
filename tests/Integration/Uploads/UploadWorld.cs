using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MimeKit;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>A world whose callers upload files before they send.</summary>
public sealed class UploadWorld : DeliveryWorld
{
    private const string OtherKey = "other-caller-key-71";
    private const string GreedyKey = "greedy-caller-key-72";

    /// <summary>Over which a message goes by link.</summary>
    public const int MaxBytes = 6_000_000;

    private static readonly string[] Ids = ["YQ==", "Yg=="];

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            ("Sending__MaxBytes", MaxBytes.ToString(CultureInfo.InvariantCulture)),
            ("Uploads__MaxBytes", "20000000"),
            ("Uploads__MaxOpen", "40"),
            // Requests that a test holds still wait for each other.
            ("Storage__BlobTimeout", "00:05:00"),
            ("Callers__1__Name", "other"),
            ("Callers__1__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OtherKey)))),
            ("Callers__1__Roles__0", "sender"),
            ("Callers__1__Senders__0", "*@sender.example"),
            ("Callers__2__Name", "greedy"),
            ("Callers__2__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(GreedyKey)))),
            ("Callers__2__Roles__0", "sender"),
        ];

    /// <summary>Another caller's view of the API.</summary>
    public MessageApi Other => field ??= new MessageApi(App) { Key = OtherKey };

    /// <summary>A caller that opens and never sends.</summary>
    public MessageApi Greedy => field ??= new MessageApi(App) { Key = GreedyKey };

    /// <summary>Opens a session.</summary>
    public static async Task<Session> OpenAsync(MessageApi api)
    {
        using var answer = await api.PostAsync("/api/uploads", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Session>(JsonSerializerOptions.Web))!;
    }

    /// <summary>Uploads in one request.</summary>
    public async Task<HttpStatusCode> PutAsync(Session session, byte[] file)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, session.UploadUrl);
        put.Content = new ByteArrayContent(file);
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        return await SendAsync(put);
    }

    /// <summary>Uploads in two blocks.</summary>
    public async Task PutBlocksAsync(Session session, byte[] file)
    {
        byte[][] halves = [file[..(file.Length / 2)], file[(file.Length / 2)..]];
        foreach (var (id, half) in Ids.Zip(halves))
        {
            using var block = new HttpRequestMessage(
                HttpMethod.Put,
                $"{session.UploadUrl}&comp=block&blockid={Uri.EscapeDataString(id)}"
            );
            block.Content = new ByteArrayContent(half);
            (await SendAsync(block)).ShouldBe(HttpStatusCode.Created);
        }

        using var list = new HttpRequestMessage(HttpMethod.Put, $"{session.UploadUrl}&comp=blocklist");
        list.Content = new StringContent(
            $"<BlockList>{string.Concat(Ids.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>"
        );
        (await SendAsync(list)).ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A session with a file in it.</summary>
    public async Task<Session> UploadAsync(byte[] file)
    {
        var session = await OpenAsync(Api);
        (await PutAsync(session, file)).ShouldBe(HttpStatusCode.Created);
        return session;
    }

    /// <summary>What the URL answers to another method.</summary>
    public async Task<HttpStatusCode> TryAsync(HttpMethod method, Session session)
    {
        using var request = new HttpRequestMessage(method, session.UploadUrl);
        return await SendAsync(request);
    }

    public static string Json(string recipient, params string[] uploads) =>
        JsonSerializer.Serialize(
            new
            {
                sender = "hanako@sender.example",
                recipients = recipient,
                subject = "Drawings",
                body = new { text = "Please find them attached." },
                attachments = uploads.Select((id, n) => new { name = $"図面{n}.bin", uploadId = id }),
            }
        );

    public async Task<IReadOnlyList<string>> BlobsAsync(string container, string id) =>
        await (await World.Azurite)
            .NewBlobClient()
            .GetBlobContainerClient(container)
            .GetBlobsAsync()
            .Where(blob => blob.Name.Contains($"/{id}/", StringComparison.Ordinal))
            .Select(blob => blob.Name)
            .ToListAsync();

    public static List<(string Name, byte[] Bytes)> Files(MimeMessage mime) =>
        [
            .. mime
                .Attachments.OfType<MimePart>()
                .Select(part =>
                {
                    using var bytes = new MemoryStream();
                    part.Content!.DecodeTo(bytes);
                    return (part.FileName!, bytes.ToArray());
                }),
        ];

    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Sends a message.</summary>
    /// <param name="json">Of <see cref="Json"/>.</param>
    /// <param name="key">Of idempotency; null for none.</param>
    public async Task<(HttpStatusCode Status, string? Id)> PostAsync(string json, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await App.Client.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, body.TryGetProperty("id", out var id) ? id.GetString() : null);
    }

    /// <summary>Sends a request to storage.</summary>
    internal async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var client = World.Authority.NewClient();
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}

/// <summary>An upload session as its caller sees it.</summary>
public sealed record Session(string Id, Uri UploadUrl, string Method, long MaxBytes, DateTimeOffset ExpiresAt);
