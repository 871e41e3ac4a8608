using System.Text;
using MimeKit.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>The text that HTML shows.</summary>
internal static class HtmlText
{
    /// <summary>Reads it into <paramref name="scan"/>; scripts and styles say nothing.</summary>
    public static void Read(ReadOnlyMemory<byte> bytes, Encoding encoding, TextScan scan)
    {
        using var reader = new StreamReader(BinaryData.FromBytes(bytes).ToStream(), encoding, false);
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlScriptDataToken:
                    break;
                case HtmlDataToken data:
                    scan.Append(data.Data);
                    break;
                case HtmlTagToken { Id: HtmlTagId.TD or HtmlTagId.TH }:
                    scan.Append('\t');
                    break;
                case HtmlTagToken tag when !IsInline(tag.Id):
                    scan.Append('\n');
                    break;
            }
        }
    }

    private static bool IsInline(HtmlTagId id) =>
        id
            is HtmlTagId.Span
                or HtmlTagId.B
                or HtmlTagId.I
                or HtmlTagId.U
                or HtmlTagId.EM
                or HtmlTagId.Strong
                or HtmlTagId.Font
                or HtmlTagId.A
                or HtmlTagId.Small
                or HtmlTagId.Sub
                or HtmlTagId.Sup
                or HtmlTagId.Unknown;
}
