using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// Where a search goes on, as a text that its caller hands back. It bears a keyed hash over caller and terms: made up, changed, another
/// caller's or another search's, it is refused.
/// </summary>
internal sealed class Continuations(AddressHash hash)
{
    private const string Purpose = "search-continuation";
    private const int MaxLength = 256;

    /// <summary>The text; null at the end.</summary>
    public string? Of(string caller, SearchTerms terms, SearchPlace? place)
    {
        if (place is null)
        {
            return null;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{place.After.CreatedAt.UtcTicks}.{place.After.Id}.{place.Oldest.UtcTicks}"
        );
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{text}.{Seal(caller, terms, text)}"));
    }

    /// <summary>The place; null where the text is not one that this caller was given for this search.</summary>
    public SearchPlace? Read(string caller, SearchTerms terms, string given)
    {
        if (given.Length > MaxLength || !Base64Url.IsValid(given))
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(given));
        var end = Math.Max(text.LastIndexOf('.'), 0);
        if (!hash.Same(Seal(caller, terms, text[..end]), text[end..].TrimStart('.')))
        {
            return null;
        }

        var parts = text.Split('.');
        return new SearchPlace(new IndexEntry(parts[1], Instant(parts[0])), Instant(parts[2]));
    }

    private string Seal(string caller, SearchTerms terms, string text) =>
        hash.For(Purpose, caller, terms.Canonical, text);

    private static DateTimeOffset Instant(string ticks) =>
        new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
