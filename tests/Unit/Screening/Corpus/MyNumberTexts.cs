namespace TlsOrLink.Tests.Unit.Screening.Corpus;

/// <summary>Texts as they stand in business mail, with My Numbers and with what looks like them. The same ones in every run.</summary>
internal static class MyNumberTexts
{
    private static readonly string[] With =
    [
        "マイナンバー: {n}",
        "マイナンバーは{n}です。",
        "個人番号　{n}",
        "【個人番号】{n}",
        "従業員の個人番号（{n}）をお送りします。",
        "お世話になっております。\n扶養親族のマイナンバーをお知らせします。\n{n}\nよろしくお願いいたします。",
        "氏名\t個人番号\n山田 太郎\t{n}",
        "氏名,生年月日,個人番号,電話番号\n山田 太郎,1980/01/02,{n},03-1234-5678",
        "My Number: {n}",
        "Individual number {n} (resident of Japan)",
        "Here is my number for the payroll: {n}",
        "{n}（マイナンバー）",
        "番号：{n}",
        "山田様の番号は {n} でお間違いないでしょうか。",
        "{n}",
        "ご本人確認のため控えをお送りします。\n\n{n}\n\n総務部",
        "電話番号 03-1234-5678 / マイナンバー {n}",
        "ﾏｲﾅﾝﾊﾞｰ={n}",
        "年末調整に使う番号です {n}",
        "配偶者 {n}、長男は後日。",
    ];

    private static readonly string[] Labelled =
    [
        "注文番号: {n}",
        "ご注文番号は{n}です。",
        "お問い合わせ番号 {n}",
        "お荷物の追跡番号：{n}",
        "送り状番号 {n}（ヤマト）",
        "請求書番号 {n}",
        "伝票番号\t{n}",
        "Invoice no. {n}",
        "Your order {n} has shipped.",
        "Tracking: {n}",
        "契約番号：{n}",
        "会員番号 {n}",
        "お客様番号: {n}",
        "口座番号 {n}",
        "予約番号{n}",
        "受付番号: {n}",
        "案件 {n} の件",
        "取引ID: {n}",
        "https://shop.example/orders/{n}",
        "id={n}",
        "シリアル番号 {n}",
        "JAN {n}",
        "品番 INV-{n}",
        "氏名,注文番号\n山田,{n}",
        "合計 {n}円",
    ];

    private static readonly string[] Unlabelled =
    [
        "番号：{n}",
        "{n}",
        "マイナンバー: {n}",
        "個人番号は {n} です。",
        "氏名,個人番号\n山田,{n}",
    ];

    /// <summary>100 texts, each with a My Number.</summary>
    public static IReadOnlyList<string> Positives()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 100).Select(i => With[i % With.Length].Fill(Written(Right(random), i / 5)))];
    }

    /// <summary>100 texts without one: 50 whose number has the check digit by chance and is labelled as something else, 25 with a wrong check digit, 25 of other kinds.</summary>
    public static IReadOnlyList<string> NearMisses()
    {
        var random = new Random(5);
        return
        [
            .. Enumerable.Range(0, 50).Select(i => Labelled[i % Labelled.Length].Fill(Written(Right(random), i / 25))),
            .. Enumerable.Range(0, 25).Select(i => Unlabelled[i % Unlabelled.Length].Fill(Written(Wrong(random), i))),
            .. Enumerable.Range(0, 5).Select(i => $"受信日時 {20260101 + i}{1030 + i}\n{20260110 + i}{1159}"),
            .. Enumerable
                .Range(0, 5)
                .Select(i => $"090-{1000 + i}-5678 と 0120-{100 + i}-4567、+81 90 1234 {5678 + i}"),
            .. Enumerable.Range(0, 5).Select(_ => $"{Right(random)}{random.Next(10)}"),
            .. Enumerable.Range(0, 5).Select(_ => $"sha {Right(random)}ab, 0x{Right(random)}, 3.{Right(random)}"),
            .. Enumerable
                .Range(0, 5)
                .Select(_ =>
                    string.Join(
                        '\n',
                        Enumerable.Range(0, 20).Select(_ => $"{random.NextInt64(100_000_000_000, 999_999_999_999)}")
                    )
                ),
        ];
    }

    private static string Right(Random random) =>
        Sample.MyNumber($"{random.NextInt64(10_000_000_000, 99_999_999_999)}");

    private static string Wrong(Random random)
    {
        var right = Right(random);
        return $"{right[..^1]}{(right[^1] - '0' + random.Next(1, 10)) % 10}";
    }

    /// <summary>Plain, with hyphens, with blanks, full-width, full-width with hyphens, with long vowel marks.</summary>
    private static string Written(string n, int form) =>
        (form % 6) switch
        {
            1 => $"{n[..4]}-{n[4..8]}-{n[8..]}",
            2 => $"{n[..4]} {n[4..8]} {n[8..]}",
            3 => Wide(n),
            4 => Wide($"{n[..4]}-{n[4..8]}-{n[8..]}"),
            5 => $"{n[..4]}ー{n[4..8]}ー{n[8..]}",
            _ => n,
        };

    private static string Wide(string text) => string.Concat(text.Select(c => (char)(c + 0xfee0)));
}
