using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TlsOrLink.Pages;

/// <summary>
/// A piece of HTML that is safe to put into a page. It is made by interpolation only, and what stands in a hole is escaped unless it
/// is <see cref="Html"/> itself: forgetting to escape is not possible. Attribute values must stand in double quotes.
/// </summary>
internal sealed record Html
{
    /// <summary>Nothing.</summary>
    public static readonly Html Empty = new("");

    private Html(string text) => Text = text;

    /// <summary>The markup.</summary>
    public string Text { get; }

    /// <summary>The markup of an interpolated string.</summary>
    public static Html Of(HtmlWriter writer) => new(writer.ToString());

    /// <summary>One piece after another.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>A style sheet of our own for a <c>style</c> element, whose content HTML does not unescape.</summary>
    /// <exception cref="ArgumentException">It would end the element.</exception>
    public static Html StyleSheet(string css) =>
        css.Contains('<', StringComparison.Ordinal)
            ? throw new ArgumentException("A style sheet must not contain '<'.", nameof(css))
            : new Html(css);

    /// <summary>A script of our own as an element, whose content HTML does not unescape.</summary>
    /// <exception cref="ArgumentException">It could end the element.</exception>
    public static Html Script(string script) =>
        script.Contains('<', StringComparison.Ordinal)
            ? throw new ArgumentException("A script must not contain '<'.", nameof(script))
            : new Html($"<script>{script}</script>");

    /// <inheritdoc />
    public override string ToString() => Text;
}

/// <summary>Escapes the holes of an interpolated string on behalf of <see cref="Html.Of"/>.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlWriter(int literalLength, int formattedCount)
{
    /// <summary>Japanese stays readable; whatever HTML gives a meaning is escaped.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder builder = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string literal) => builder.Append(literal);

    public void AppendFormatted(Html html) => builder.Append(html.Text);

    public void AppendFormatted(string? text) => builder.Append(Encoder.Encode(text ?? ""));

    public void AppendFormatted(int number) =>
        builder.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

    public override string ToString() => builder.ToString();
}
