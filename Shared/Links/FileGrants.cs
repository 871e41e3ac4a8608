using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What a grant says: these bytes until then.</summary>
/// <param name="LinkId">The link, whose row is read before each answer.</param>
/// <param name="N">The file.</param>
/// <param name="Until">In whole seconds.</param>
internal sealed record FileGrant(string LinkId, int N, DateTimeOffset Until);

/// <summary>
/// URLs of some minutes for bytes under our own host: what a SAS is for storage. The link's token is not in them. Pure but for the clock.
/// </summary>
internal sealed class FileGrants(AddressHash hash, IOptions<LinkOptions> options, TimeProvider time)
{
    private const string Purpose = "file-grant";
    private const int MaxLength = 250;

    /// <summary>The URL. A secret: for the <c>Location</c> header only.</summary>
    public Uri Issue(LinkRow row, LinkFile file)
    {
        var end = SasLife.EndOf(file.Bytes, time.GetUtcNow(), row.ExpiresAt).ToUnixTimeSeconds();
        var said = string.Create(CultureInfo.InvariantCulture, $"{row.LinkId}.{file.N}.{end}");
        var text = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{said}.{hash.For(Purpose, said)}"));
        return new Uri($"{options.Value.Host!.AbsoluteUri.TrimEnd('/')}/b/{text}");
    }

    /// <summary>What a URL grants; null where it is not ours or its time is over.</summary>
    public FileGrant? Read(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var said = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return
            said is [var link, var n, var until, var mac]
            && hash.Same(hash.For(Purpose, $"{link}.{n}.{until}"), mac)
            && DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture)) is var end
            && time.GetUtcNow() < end
            ? new FileGrant(link, int.Parse(n, CultureInfo.InvariantCulture), end)
            : null;
    }
}
