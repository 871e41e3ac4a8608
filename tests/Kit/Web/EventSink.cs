using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Kit.Web;

/// <summary>A notification as its subscriber got it.</summary>
public sealed record TakenEvent(
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    HttpStatusCode Answer
)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Event => (string)Json["event"]!;

    public string Id => Headers["webhook-id"];

    public string MessageId => (string)Json["messageId"]!;
}

/// <summary>A subscriber on loopback: keeps what it is sent, and answers as told.</summary>
public sealed class EventSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<TakenEvent> _taken = new();
    private int _came;
    private readonly WebApplication _server;

    private EventSink(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public Uri Address => _server.Address();

    /// <summary>What to answer to the how-manieth request, from 0.</summary>
    public Func<int, HttpStatusCode> Answer { get; set; } = _ => HttpStatusCode.OK;

    /// <summary>Everything that came, taken or not.</summary>
    public IReadOnlyList<TakenEvent> All => [.. _taken];

    /// <summary>What was taken.</summary>
    public IReadOnlyList<TakenEvent> Taken => [.. _taken.Where(one => (int)one.Answer < 300)];

    /// <param name="certificate">For HTTPS; null for HTTP.</param>
    public static async Task<EventSink> StartAsync(ServerCertificate? certificate = null)
    {
        var sink = new EventSink(WebServer.New(certificate is null ? null : _ => certificate.Certificate));
        sink._server.Run(sink.TakeAsync);
        await sink._server.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var answer = Answer(Interlocked.Increment(ref _came) - 1);
        _taken.Enqueue(
            new TakenEvent(
                http.Request.Path.Value + http.Request.QueryString.Value,
                http.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                body,
                answer
            )
        );
        http.Response.StatusCode = (int)answer;
        if ((int)answer is >= 300 and < 400)
        {
            http.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{Address}redirected");
        }

        await http.Response.CompleteAsync();
    }
}
