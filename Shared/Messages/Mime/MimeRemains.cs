using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// Contents of a message that are in none of its parts: behind the last boundary, before the first, or where no boundary was found.
/// Readers do not show them and taking apart would lose them; a file may be among them.
/// </summary>
internal static class MimeRemains
{
    /// <summary>"This is a multi-part message in MIME format." and its kin are shorter.</summary>
    private const int MaxPreamble = 1000;

    /// <summary>There are such contents.</summary>
    public static bool Of(MimeEntity? entity) =>
        entity is Multipart multipart
        && (
            !string.IsNullOrWhiteSpace(multipart.Epilogue)
            || multipart.Preamble?.Length > MaxPreamble
            || (multipart.Count == 0 && !string.IsNullOrWhiteSpace(multipart.Preamble))
            || multipart.Any(Of)
        );
}
