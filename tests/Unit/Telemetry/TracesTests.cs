using System.Diagnostics;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Tests.Unit.Telemetry;

public sealed class TracesTests : IDisposable
{
    private const string Message = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == Traces.SourceName,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TracesTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_span_goes_into_the_message_s_trace_and_links_to_the_host_s()
    {
        using var host = new Activity("host").Start();

        using var span = Traces.Start("send", Message);

        span!.TraceId.ToHexString().ShouldBe(Message[3..35]);
        span.ParentSpanId.ToHexString().ShouldBe(Message[36..52]);
        span.Links.ShouldHaveSingleItem().Context.TraceId.ShouldBe(host.TraceId);
    }

    [Fact]
    public void Where_the_host_is_in_that_trace_already_the_span_is_its_child()
    {
        using var host = new Activity("host").SetParentId(Message).Start();

        using var span = Traces.Start("send", Message);

        span!.ParentSpanId.ShouldBe(host.SpanId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public void Without_a_trace_of_the_message_the_host_s_is_taken(string? message)
    {
        using var host = new Activity("host").Start();

        using var span = Traces.Start("send", message);

        span!.TraceId.ShouldBe(host.TraceId);
    }
}
