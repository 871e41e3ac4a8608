using System.Globalization;

namespace TlsOrLink.Scanning;

/// <summary>Where clamd listens.</summary>
internal sealed record ClamdAddress(string Host, int Port)
{
    /// <summary>Parses <c>host:port</c> or <c>[address]:port</c>; null for anything else.</summary>
    public static ClamdAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return
            colon > 0
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue
            ? new ClamdAddress(text[..colon].Trim('[', ']'), port)
            : null;
    }
}
