namespace TlsOrLink.Tests.Unit.Screening.Corpus;

/// <summary>Texts with card numbers, and with what looks like them. The same ones in every run.</summary>
internal static class CardTexts
{
    // Prefix, length.
    private static readonly (string Prefix, int Length)[] Schemes =
    [
        ("4", 16),
        ("51", 16),
        ("2221", 16),
        ("34", 15),
        ("37", 15),
        ("3528", 16),
        ("3589", 16),
        ("6011", 16),
        ("62", 16),
        ("36", 14),
    ];

    private static readonly string[] With =
    [
        "カード番号: {n}",
        "クレジットカードは{n}、有効期限 12/29 です。",
        "VISA {n} exp 12/29",
        "Card number {n}, CVV 123",
        "氏名,カード番号\n山田,{n}",
        "お支払いのカードの番号です。\n{n}\nよろしくお願いします。",
        "credit card: {n}",
        "JCBカード　{n}",
        "注文 4711 のお支払いカード {n}",
        "Please charge my card\n{n}",
    ];

    private static readonly string[] Labelled =
    [
        "注文番号: {n}",
        "Order {n}",
        "追跡番号 {n}",
        "Tracking no. {n}",
        "請求書番号：{n}",
        "会員番号 {n}",
        "取引ID {n}",
        "IMEI {n}",
        "シリアル番号 {n}",
        "https://pay.example/{n}",
        "ギフト券コード {n}",
        "口座 {n}",
        "INV-{n}",
        "お問い合わせ番号 {n}",
        "ref {n}",
    ];

    /// <summary>100 texts, each with a card number.</summary>
    public static IReadOnlyList<string> Positives()
    {
        var random = new Random(6);
        return
        [
            .. Enumerable
                .Range(0, 80)
                .Select(i =>
                    With[i % With.Length].Fill(Written(Right(random, Schemes[i % 9 == 8 ? 9 : i % 9]), i / 10))
                ),
            .. Enumerable
                .Range(0, 20)
                .Select(i => $"よろしくお願いします。{Written(Right(random, Schemes[i % 9]), i)}"),
        ];
    }

    /// <summary>100 texts without one: 45 whose number is right by chance and is labelled as something else, 25 with a wrong check digit, 30 of other prefixes, lengths and kinds.</summary>
    public static IReadOnlyList<string> NearMisses()
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, 45).Select(i => Labelled[i % Labelled.Length].Fill(Right(random, Schemes[i % 9]))),
            .. Enumerable
                .Range(0, 25)
                .Select(i => With[i % With.Length].Fill(Written(Wrong(random, Schemes[i % 9]), i))),
            .. Enumerable.Range(0, 10).Select(_ => $"カード {Right(random, ("1", 16))} / {Right(random, ("9", 16))}"),
            .. Enumerable.Range(0, 10).Select(_ => $"card {Right(random, ("4", 12))} {Right(random, ("4", 17))}x"),
            .. Enumerable.Range(0, 5).Select(_ => $"JAN {Right(random, ("49", 13))}"),
            .. Enumerable.Range(0, 5).Select(_ => $"4.{Right(random, ("4", 16))} {Right(random, ("4", 16))}f"),
        ];
    }

    private static string Right(Random random, (string Prefix, int Length) scheme)
    {
        var digits = scheme.Prefix;
        while (digits.Length < scheme.Length - 1)
        {
            digits += (char)('0' + random.Next(10));
        }

        return Sample.Luhn(digits);
    }

    private static string Wrong(Random random, (string Prefix, int Length) scheme)
    {
        var right = Right(random, scheme);
        return $"{right[..^1]}{(right[^1] - '0' + random.Next(1, 10)) % 10}";
    }

    /// <summary>Plain, with blanks, with hyphens, full-width, as the scheme groups its digits.</summary>
    private static string Written(string n, int form)
    {
        int[] groups = n.Length switch
        {
            15 => [4, 6, 5],
            14 => [4, 6, 4],
            _ => [4, 4, 4, 4],
        };
        var at = 0;
        var parts = groups.Select(length => n[at..(at += length)]).ToList();
        return (form % 5) switch
        {
            1 => string.Join(' ', parts),
            2 => string.Join('-', parts),
            3 => Wide(n),
            4 => Wide(string.Join('-', parts)),
            _ => n,
        };
    }

    private static string Wide(string text) => string.Concat(text.Select(c => (char)(c + 0xfee0)));
}
