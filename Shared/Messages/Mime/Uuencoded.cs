using System.Text.RegularExpressions;

namespace TlsOrLink.Messages.Mime;

/// <summary>Files that stand in the text itself, as they did before MIME.</summary>
internal static partial class Uuencoded
{
    /// <summary>The text has a whole uuencoded (POSIX.1 <c>uuencode</c>) or yEnc file in it.</summary>
    public static bool IsIn(string text) => Begin().IsMatch(text);

    [GeneratedRegex(
        "^(begin(-base64)? [0-7]{3,4} \\S[^\\r\\n]*\\r?\\n[!-z]+ *\\r?$|=ybegin (part=[0-9]+ )?(total=[0-9]+ )?line=[0-9]+ size=[0-9]+ )",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Begin();
}
