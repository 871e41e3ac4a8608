using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

internal static class Sample
{
    public const string JapaneseName = "御見積書（最終版）①〜髙橋.xlsx";

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);

    public static LinkFile File(int n = 1, string name = JapaneseName, long bytes = 23_456) =>
        new(n, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, $"2026010209/m/{n}");

    public static LinkRow Row(params LinkFile[] files) =>
        new(new string('a', 64), "0123456789abcdef0123456789abcdef", "01234567", 3, Now, Now.AddDays(7))
        {
            Sender = "yamada@sender.example",
            SenderName = "山田 太郎",
            Files = files.Length > 0 ? files : [File()],
        };
}
