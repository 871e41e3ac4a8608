using System.Globalization;
using TlsOrLink.Messages;

namespace TlsOrLink.Checking;

/// <summary>A report as CSV for spreadsheets: UTF-8 with a byte order mark, no cell that runs as a formula. Pure.</summary>
internal static class CheckReportCsv
{
    private const string ByteOrderMark = "\ufeff";

    private static readonly string[] English =
    [
        "Domain",
        "Mails",
        "Route",
        "Route slug",
        "Level",
        "Reason",
        "Why",
        "What the recipient's postmaster would have to change",
        "Entries",
    ];

    private static readonly string[] Japanese =
    [
        "ドメイン",
        "メール数",
        "届け方",
        "届け方（記号）",
        "確認結果",
        "理由（記号）",
        "理由",
        "相手先のメール管理者に必要な変更",
        "入力",
    ];

    /// <summary>The whole file.</summary>
    public static string Write(CheckReport report, MailLanguage language) =>
        ByteOrderMark
        + CsvLine.Write(language == MailLanguage.En ? English : Japanese)
        + string.Concat(report.Lines.Select(line => Write(line, language)));

    private static string Write(DomainLine line, MailLanguage language)
    {
        var plan = line.Answer.Plan;
        var sentences = CheckSentences.Of(plan, language);
        return CsvLine.Write(
            line.Domain.Name,
            line.Mails?.ToString(CultureInfo.InvariantCulture) ?? "",
            sentences.Route,
            plan.Route.ToString().ToLowerInvariant(),
            plan.Level.ToString().ToLowerInvariant(),
            plan.Reason,
            sentences.Why,
            sentences.Change ?? "",
            string.Join(' ', line.Entries)
        );
    }
}
