using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace TlsOrLink.Domains;

/// <summary>
/// The part of an address after <c>@</c>, as lower-case A-labels (RFC 5890): the only parser of a domain, so that a string which
/// could harm the DNS library never reaches it.
/// </summary>
[JsonConverter(typeof(MailDomainJson))]
public readonly record struct MailDomain
{
    private const int MaxOctets = 253;
    private const int MaxLabelOctets = 63;

    // Full stops that people type in East Asian input methods (RFC 3490 section 3.1).
    private static readonly char[] Dots = ['\u3002', '\uff0e', '\uff61'];
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    private MailDomain(string name) => Name = name;

    /// <summary>Lower-case A-labels without a trailing dot; null only for <c>default</c>, which no parser returns.</summary>
    public string Name { get; }

    /// <summary>Parses user input (U-labels or A-labels, any case, one trailing dot allowed).</summary>
    /// <exception cref="FormatException">Not a domain that mail can go to; the message says why. Tell the caller which field.</exception>
    public static MailDomain Parse(string text) =>
        TryParse(text, out var domain)
            ? domain
            : throw new FormatException(
                "Not a mail domain: labels of 1 to 63 letters, digits or hyphens, 253 octets in all."
            );

    /// <summary>As <see cref="Parse"/>, false instead of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MailDomain domain)
    {
        domain = default;
        if (string.IsNullOrEmpty(text) || text.Length > 4 * MaxOctets)
        {
            return false;
        }

        var lower = Dots.Aggregate(text.ToLowerInvariant(), (all, dot) => all.Replace(dot, '.'));
        lower = lower.EndsWith('.') ? lower[..^1] : lower;
        try
        {
            var ascii = Idn.GetAscii(lower).ToLowerInvariant();
            if (!IsHostName(ascii))
            {
                return false;
            }

            domain = new MailDomain(ascii);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The A-labels.</summary>
    public override string ToString() => Name;

    private static bool IsHostName(string ascii) =>
        ascii.Length <= MaxOctets
        && ascii.Split('.') is { Length: > 1 } labels
        && labels.All(IsLabel)
        && !labels[^1].All(char.IsAsciiDigit);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelOctets
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
