using TlsOrLink.Dns;

namespace TlsOrLink.MtaSts;

/// <summary>What <c>_mta-sts.DOMAIN</c> says (RFC 8461 section 3.1).</summary>
/// <param name="Id">1 to 32 letters and digits, which change with the policy; null where there is no valid record.</param>
/// <param name="Reason">Slug of <see cref="StsReasons"/> where there is none; else null.</param>
internal sealed record StsRecord(string? Id, string? Reason)
{
    private const string Version = "v=STSv1";
    private const int MaxIdLength = 32;
    private const int MaxNameLength = 32;

    /// <summary>There is no record.</summary>
    public static readonly StsRecord Absent = new(null, StsReasons.None);
    private static readonly StsRecord Bad = new(null, StsReasons.RecordBad);

    /// <summary>Reads the TXT answer: exactly one record of the version counts.</summary>
    public static StsRecord Read(DnsAnswer<string> answer) =>
        answer.Status == DnsStatus.Failed ? new StsRecord(null, StsReasons.RecordFailed) : Parse(answer.Records);

    /// <summary>Reads TXT records; those of other versions or uses are ignored.</summary>
    public static StsRecord Parse(IReadOnlyList<string> texts) =>
        texts.Where(IsOfVersion).ToList() switch
        {
            [] => Absent,
            [var text] => ParseFields(text[Version.Length..]),
            _ => Bad,
        };

    private static bool IsOfVersion(string text) =>
        text.StartsWith(Version, StringComparison.Ordinal)
        && text[Version.Length..].TrimStart(' ', '\t').StartsWith(';');

    private static StsRecord ParseFields(string text)
    {
        // The text begins and may end with a delimiter.
        var fields = text.Split(';')[1..].Select(field => field.Trim(' ', '\t')).ToList();
        if (fields is [.., ""])
        {
            fields.RemoveAt(fields.Count - 1);
        }

        var ids = fields.Where(field => field.StartsWith("id=", StringComparison.Ordinal)).ToList();
        return ids is [var id] && IsId(id[3..]) && fields.TrueForAll(IsField) ? new StsRecord(id[3..], null) : Bad;
    }

    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && id.All(char.IsAsciiLetterOrDigit);

    private static bool IsField(string field) =>
        field.IndexOf('=', StringComparison.Ordinal) is > 0 and <= MaxNameLength and var equals
        && IsName(field[..equals])
        && field.Length > equals + 1
        && field[(equals + 1)..].All(c => c is > ' ' and < '\u007f' and not '=');

    private static bool IsName(string name) =>
        char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
