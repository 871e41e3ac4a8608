using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Sending;

/// <summary>Section <c>Delivery</c>: what happens when a delivery does not end at once.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Delivery";

    /// <summary>What to do where nobody knows whether the server took the message. Default <see cref="OnUnconfirmed.Resend"/>.</summary>
    [EnumDataType(typeof(OnUnconfirmed))]
    public OnUnconfirmed OnUnconfirmed { get; set; } = OnUnconfirmed.Resend;

    /// <summary>How long after intake, or after the end of a hold, a recipient is tried. Default 24 h; 1 s to 10 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "10.00:00:00")]
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a recipient whose mail a provider took over waits for the provider's word; then it is <c>unconfirmed</c>. Default 3 days; 1 s to 10 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "10.00:00:00")]
    public TimeSpan HandOverPeriod { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Wait before the second round; doubles each round. Default 1 min; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two rounds. Default 1 h; 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// A claim older than this, found by another process, is judged to be of a dead one; renewed while a transaction runs. Default 20 s; 1 s to 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClaimLife { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// On route <c>tls</c> asks a host that offers REQUIRETLS (RFC 8689) to pass the message on over verified TLS only, or to bounce it. Default true.
    /// </summary>
    public bool UseRequireTls { get; set; } = true;

    /// <summary>Longest time of one transaction, whatever its single replies take. Default 20 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TransactionDeadline { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>After this time a run begins no further transaction; the rest is run again at once. Default 5 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RunTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>RCPT TO per transaction (RFC 5321 section 4.5.3.1.8 asks servers to take 100). Default 100; 1 to 100.</summary>
    [Range(1, 100)]
    public int RecipientsPerTransaction { get; set; } = 100;
}

/// <summary>What to do with a recipient whose transaction ended between the final dot and its reply.</summary>
public enum OnUnconfirmed
{
    /// <summary>Send again with the same Message-ID: never lost, rarely twice.</summary>
    Resend,

    /// <summary>Leave it <c>unconfirmed</c> and tell the sender: never twice.</summary>
    Report,
}
