using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Messages;

/// <summary>Section <c>Intake</c>: limits of a request.</summary>
internal sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>
    /// Size of a request in bytes; larger ones are answered 413. Default 140,000,000, which holds an attachment of 100 MB as base64, or less
    /// where the host lets less through; at most 209,000,000, and below the host's own limit (<c>FUNCTIONS_REQUEST_BODY_SIZE_LIMIT</c>,
    /// 104,857,600 where it is not set), beyond which the host answers 500.
    /// </summary>
    [Range(1_000, 209_000_000)]
    public long MaxBytes { get; set; } = 140_000_000;

    /// <summary>
    /// Recipients of one message. Default 10,000: a hundred batches of rows, which keeps intake within seconds and an orchestration
    /// within what it can replay; ten times what large mailbox providers allow. At most 100,000.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxRecipients { get; set; } = 10_000;

    /// <summary>Header section of a raw message in bytes, the only part that is held in memory. Default 1,048,576, enough for 10,000 recipients in <c>To</c>.</summary>
    [Range(1_000, 16_777_216)]
    public int MaxHeaderBytes { get; set; } = 1_048_576;

    /// <summary>
    /// Attachments of one JSON request. Default 500. A raw message with more files goes whole behind a link, where it goes by link.
    /// </summary>
    [Range(0, 10_000)]
    public int MaxAttachments { get; set; } = 500;
}
