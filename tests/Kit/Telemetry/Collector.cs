using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Kit.Telemetry;

/// <summary>A span as it was exported.</summary>
internal sealed record SeenSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyList<string> Tags);

/// <summary>An OpenTelemetry collector (OTLP over HTTP, protobuf) that keeps what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server = WebServer.New();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

    private Collector() =>
        _server.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _requests.Enqueue((http.Request.Path, body.ToArray()));
            http.Response.ContentType = "application/x-protobuf";
        });

    /// <summary>The settings of an app that exports here, often.</summary>
    public (string Name, string Value)[] Settings =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Address().ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ];

    /// <summary>Everything that came in, as it came.</summary>
    public IEnumerable<byte[]> Bodies => _requests.Select(request => request.Body);

    /// <summary>Field numbers from opentelemetry/proto/trace/v1/trace.proto.</summary>
    public IReadOnlyList<SeenSpan> Spans =>
        [
            .. Within("/v1/traces", 1, 2, 2)
                .Select(span => new SeenSpan(
                    First(span, 1)?.Hex ?? "",
                    First(span, 2)?.Hex ?? "",
                    First(span, 4)?.Hex ?? "",
                    First(span, 5)?.Text ?? "",
                    [
                        .. span
                            .Fields.Where(one => one.Number == 9)
                            .Select(tag => $"{First(tag, 1)?.Text}={First(First(tag, 2)!.Value, 1)?.Text}"),
                    ]
                )),
        ];

    /// <summary>Names from opentelemetry/proto/metrics/v1/metrics.proto.</summary>
    public IReadOnlySet<string> Metrics =>
        Within("/v1/metrics", 1, 2, 2).Select(metric => First(metric, 1)?.Text ?? "").ToHashSet(StringComparer.Ordinal);

    public int Logs => Within("/v1/logs", 1, 2, 2).Count();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IEnumerable<ProtobufField> Within(string path, params int[] numbers) =>
        numbers.Aggregate(
            _requests.Where(request => request.Path == path).Select(request => new ProtobufField(0, request.Body)),
            (outer, number) => outer.SelectMany(one => one.Fields.Where(inner => inner.Number == number))
        );

    private static ProtobufField? First(ProtobufField message, int number) =>
        message.Fields.Where(one => one.Number == number).Cast<ProtobufField?>().FirstOrDefault();
}
