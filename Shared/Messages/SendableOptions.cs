using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Messages;

/// <summary>Section <c>Sending</c>, beside what says by which way mail leaves: what is too large for a mail at all.</summary>
internal sealed class SendableOptions
{
    public const string Section = "Sending";

    /// <summary>
    /// Size of a message in bytes, its files encoded, over which it always goes by link; what a receiving server says of its own limit (RFC 1870)
    /// is kept to in any case. Default 150,000,000, the most that large mailbox providers take; 100,000 to 1,000,000,000.
    /// </summary>
    [Range(100_000L, 1_000_000_000L, ErrorMessage = "Sending:MaxBytes must lie between 100000 and 1000000000.")]
    public long MaxBytes { get; set; } = 150_000_000;
}
