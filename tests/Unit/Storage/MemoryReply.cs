using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace TlsOrLink.Tests.Unit.Storage;

/// <summary>An answer of storage with no more than an ETag.</summary>
internal sealed class MemoryReply(ETag etag) : Response
{
    public override int Status => 200;

    public override string ReasonPhrase => "OK";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() { }

    protected override bool ContainsHeader(string name) => name is "ETag";

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader("ETag", etag.ToString())];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = ContainsHeader(name) ? etag.ToString("H") : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
