namespace TlsOrLink.Messages;

/// <summary>A message in the parts that a mail provider's Web API knows: it makes the MIME itself.</summary>
/// <param name="FromName">Decoded; empty where there is none.</param>
/// <param name="FromAddress">The author's address.</param>
/// <param name="Subject">Decoded; may be empty.</param>
internal sealed record WebMail(string FromName, string FromAddress, string Subject)
{
    /// <summary>Addresses of Reply-To.</summary>
    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    /// <summary>Plain text; null where there is none.</summary>
    public string? Text { get; init; }

    /// <summary>HTML; null where there is none.</summary>
    public string? Html { get; init; }

    /// <summary>Other header fields, in ASCII as they stood, unfolded; each name once.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Attachments and inline images.</summary>
    public IReadOnlyList<WebPart> Parts { get; init; } = [];
}

/// <summary>A part of a <see cref="WebMail"/>.</summary>
/// <param name="Name">File name, on one line.</param>
/// <param name="Type">Such as <c>image/png</c>, without parameters.</param>
/// <param name="Content">Decoded.</param>
/// <param name="ContentId">Without angle brackets, of what the HTML shows; null for an attachment.</param>
internal sealed record WebPart(string Name, string Type, byte[] Content, string? ContentId);
