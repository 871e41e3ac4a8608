using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// What a browser keeps after the right code: valid for one link and an hour, under a MAC that covers the lock, so that a link made anew asks
/// anew. Pure but for the clock.
/// </summary>
internal sealed class LinkPass(AddressHash hash, IOptions<LinkOptions> options, TimeProvider time)
{
    private const string Purpose = "link-pass";
    private const int MaxLength = 80;
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>A pass for a link whose code was typed; ASCII without separators of cookies.</summary>
    public (string Value, DateTimeOffset Until) Write(LinkRow row)
    {
        var end = time.GetUtcNow() + Life;
        var until = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ($"{until}.{Mac(row, until)}", end);
    }

    /// <summary>The link asks for no code, or this is a pass for it.</summary>
    public bool Opens(LinkRow? row, string? pass) =>
        row is null
        || !row.Lock.IsSet
        || (
            pass is { Length: > 0 and <= MaxLength }
            && pass.Split('.') is [var until, var mac]
            && hash.Same(Mac(row, until), mac)
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && time.GetUtcNow().ToUnixTimeSeconds() < seconds
        );

    /// <summary>The path for which the browser is to keep it: the link's own.</summary>
    public string PathOf(LinkToken token) => options.Value.UrlOf(token).AbsolutePath;

    private string Mac(LinkRow row, string until) =>
        hash.For(Purpose, row.LinkId, until, row.Lock.Kind.ToString(), row.Lock.Hash);
}
