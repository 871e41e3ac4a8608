using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>The trace field that is put before a message (RFC 5321 section 4.4). It names no person and no caller.</summary>
internal sealed class TraceField(IOptions<SmtpOptions> options)
{
    /// <summary>One folded field with its line ends.</summary>
    public string Received(string id, DateTimeOffset createdAt) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Received: by {options.Value.EhloName} (TlsOrLink) with HTTP id {id};\r\n\t{createdAt.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n"
        );
}
