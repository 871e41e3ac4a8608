using System.Buffers;

namespace TlsOrLink.Screening.Numbers;

/// <summary>What the words beside a number say that it is.</summary>
internal enum Label
{
    None,

    /// <summary>A My Number.</summary>
    MyNumber,

    /// <summary>The number of a card.</summary>
    Card,

    /// <summary>A corporate number.</summary>
    Corporate,

    /// <summary>Some other number: of an order, a parcel, a telephone.</summary>
    Other,
}

/// <summary>
/// The words that label numbers, folded as <see cref="Reading.Folding"/> does. The label nearest before a number counts: on its line,
/// in the head of its column, at the end of the line above, then directly behind it. Pure.
/// </summary>
internal static class Labels
{
    private const int Reach = 48;
    private const int ReachBehind = 16;
    private const int ReachAbove = 24;

    private static readonly (string Word, Label Label)[] Words =
    [
        .. Of(Label.MyNumber, "マイナンバー|個人番号|特定個人情報|mynumber|my number|my-number|individual number"),
        .. Of(
            Label.Card,
            "カード|クレジット|デビット|card|credit|debit|visa|mastercard|jcb|amex|american express|diners|pan"
        ),
        .. Of(Label.Corporate, "法人番号|corporate number|登録番号|適格請求書"),
        .. Of(
            Label.Other,
            "電話|携帯|内線|ファックス|ファクス|tel|phone|mobile|fax|注文|オーダー|受注|発注|order|po|請求|invoice|inv|"
                + "伝票|送り状|追跡|問い合わせ|問合せ|荷物|配送|配達|tracking|shipment|waybill|awb|parcel|口座|account|acct|iban|"
                + "会員|member|顧客|お客様|customer|client|契約|contract|予約|reservation|booking|受付|申込|商品|製品|品番|型番|"
                + "バーコード|jan|ean|upc|gtin|isbn|sku|item|product|シリアル|製造番号|ロット|serial|s/n|imei|lot|管理番号|整理番号|"
                + "保険者|被保険者|免許|旅券|パスポート|passport|基礎年金|年金番号|住民票コード|チケット|案件|ticket|case|参照|ref|"
                + "reference|取引|決済番号|承認番号|transaction|txn|id|uuid|社員|従業員|employee|学籍|金額|合計|total|amount|"
                + "日時|タイムスタンプ|timestamp|time|date|ポイント|ギフト|クーポン|gift|coupon|port|version|build|hash|key"
        ),
    ];

    private static readonly SearchValues<char> Ends = SearchValues.Create(",、。;\t0123456789");

    private static readonly string[] Units =
    [
        "円",
        "個",
        "件",
        "本",
        "枚",
        "bytes",
        "byte",
        "kb",
        "mb",
        "yen",
        "ms",
        "usd",
    ];

    /// <summary>Some word in the text says that My Numbers are meant.</summary>
    public static bool SpeaksOfMyNumbers(ReadOnlySpan<char> text)
    {
        foreach (var (word, label) in Words)
        {
            if (label == Label.MyNumber && text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The label of the number that stands from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <param name="header">The first line of the part, whose cells label the columns; empty for none.</param>
    public static Label Find(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<char> header)
    {
        var line = text[..start].LastIndexOf('\n') + 1;
        var label = Last(text[Math.Max(line, start - Reach)..start]);
        label = label == Label.None ? OfColumn(text[line..start], header) : label;
        label = label == Label.None && line > 0 ? OfLineAbove(text[..(line - 1)]) : label;
        return label == Label.None ? Behind(text[end..Math.Min(text.Length, end + ReachBehind)]) : label;
    }

    private static Label Behind(ReadOnlySpan<char> after)
    {
        var line = after.IndexOf('\n') is var stop and >= 0 ? after[..stop] : after;
        foreach (var unit in Units)
        {
            if (line.TrimStart(' ').StartsWith(unit, StringComparison.Ordinal))
            {
                return Label.Other;
            }
        }

        // What stands behind a comma or a digit belongs to what comes next.
        var next = line.IndexOfAny(Ends);
        return Last(next >= 0 ? line[..next] : line) is var label && label != Label.Other ? label : Label.None;
    }

    private static Label OfLineAbove(ReadOnlySpan<char> before)
    {
        var above = before[(before.LastIndexOf('\n') + 1)..].TrimEnd("\r ");
        return Last(above[Math.Max(0, above.Length - ReachAbove)..]);
    }

    private static Label OfColumn(ReadOnlySpan<char> row, ReadOnlySpan<char> header)
    {
        foreach (var delimiter in "\t,;")
        {
            if (header.Contains(delimiter))
            {
                var column = row.Count(delimiter);
                foreach (var cell in header.Split(delimiter))
                {
                    if (column-- == 0)
                    {
                        return Last(header[cell]);
                    }
                }

                return Label.None;
            }
        }

        return Label.None;
    }

    /// <summary>The label whose word ends last; of two that end there the longer.</summary>
    private static Label Last(ReadOnlySpan<char> text)
    {
        var (found, end, length) = (Label.None, -1, 0);
        foreach (var (word, label) in Words)
        {
            var at = LastIndexOf(text, word);
            var until = at + word.Length;
            if (at >= 0 && (until > end || (until == end && word.Length > length)))
            {
                (found, end, length) = (label, until, word.Length);
            }
        }

        return found;
    }

    /// <summary>ASCII words only where no other ASCII letter touches them.</summary>
    private static int LastIndexOf(ReadOnlySpan<char> text, string word)
    {
        for (var rest = text; ; )
        {
            var at = rest.LastIndexOf(word, StringComparison.Ordinal);
            if (
                at < 0
                || !char.IsAscii(word[0])
                || (
                    (at == 0 || !char.IsAsciiLetter(text[at - 1]))
                    && (at + word.Length == text.Length || !char.IsAsciiLetter(text[at + word.Length]))
                )
            )
            {
                return at;
            }

            rest = text[..(at + word.Length - 1)];
        }
    }

    private static IEnumerable<(string, Label)> Of(Label label, string words) =>
        words.Split('|').Select(word => (word, label));
}
