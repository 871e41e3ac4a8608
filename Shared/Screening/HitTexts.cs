using System.Globalization;

namespace TlsOrLink.Screening;

/// <summary>What a hit means, in a sentence for its sender. Pure.</summary>
internal static class HitTexts
{
    private static readonly Dictionary<string, (string Ja, string En)> Sentences = new(StringComparer.Ordinal)
    {
        [HitCodes.Sender] = ("この送信者のメールが対象の規則。", "The rule is for all mail of this sender."),
        [HitCodes.External] = ("社外の宛先: {domain}。", "It goes outside the organisation: {domain}."),
        [HitCodes.Listed] = ("規則に挙げられた宛先: {domain}。", "It goes to a domain that the rule lists: {domain}."),
        [HitCodes.NeverMailed] = (
            "この組織から送ったことのない宛先: {domain}。宛先の綴りを確認する。",
            "Nobody here has mailed this domain before: {domain}. Check how it is spelt."
        ),
        [HitCodes.LookAlike] = (
            "宛先 {domain} は {like} に似ている。宛先の綴りを確認する。",
            "{domain} looks like {like}, and is not the same. Check how it is spelt."
        ),
        [HitCodes.ManyVisible] = (
            "{count} 件の宛先が To と Cc で互いに見える。Bcc で送るには options.convertToBcc を true にする。",
            "{count} recipients see each other in To and Cc. With options.convertToBcc set to true they go as Bcc."
        ),
        [HitCodes.Words] = ("規則の語が{place}にある。", "A word of the rule stands in {place}."),
        [HitCodes.FileType] = ("規則の種類のファイル: {place}。", "A file of a kind that the rule lists: {place}."),
        [HitCodes.FileSize] = (
            "規則の大きさを超えるファイル: {place}。",
            "A file larger than the rule allows: {place}."
        ),
        [HitCodes.Encrypted] = (
            "{place}は暗号化されている。受信側の多くは中を検査できないファイルを破棄する。暗号化せず元のファイルを送る: "
                + "経路の安全は確認した TLS かダウンロードリンクで守られる。",
            "{place} is encrypted. Many receivers now drop files that they cannot look into. Send the original instead: on its way "
                + "proven TLS or a download link protects it."
        ),
        [HitCodes.NotRead] = ("中身を確認できなかった: {place}。", "What it holds could not be read: {place}."),
        [HitCodes.MyNumber] = (
            "マイナンバーと思われる番号が {count} 件、最初は{place}にある。",
            "{count} of what seem to be My Numbers, the first in {place}."
        ),
        [HitCodes.CardNumber] = (
            "カード番号と思われる番号が {count} 件、最初は{place}にある。",
            "{count} of what seem to be card numbers, the first in {place}."
        ),
        [HitCodes.CorporateNumber] = (
            "法人番号が {count} 件、最初は{place}にある。",
            "{count} corporate numbers, the first in {place}."
        ),
    };

    /// <summary>The sentence, without a word of what was found.</summary>
    public static string Sentence(RuleHit hit, bool japanese)
    {
        var (ja, en) = Sentences.GetValueOrDefault(hit.Code, (hit.Code, hit.Code));
        var text = (japanese ? ja : en)
            .Replace("{domain}", hit.Domain, StringComparison.Ordinal)
            .Replace("{like}", hit.Like, StringComparison.Ordinal)
            .Replace("{count}", hit.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{place}", Place(hit.Place, japanese), StringComparison.Ordinal);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Place(string? place, bool japanese) =>
        place?.Split(':') switch
        {
            ["subject"] => japanese ? "件名" : "the subject",
            ["file", var n] => japanese ? $"添付ファイル {n} " : $"attachment {n}",
            ["name", var n] => japanese ? $"添付ファイル {n} の名前" : $"the name of attachment {n}",
            _ => japanese ? "本文" : "the body",
        };
}
