using System.ComponentModel.DataAnnotations;
using TlsOrLink.Settings;

namespace TlsOrLink.Smtp;

/// <summary>Section <c>Smtp</c>: how mail servers are dialled.</summary>
public sealed class SmtpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Smtp";

    /// <summary>Port of MX hosts. Default 25.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 25;

    /// <summary>Name given in EHLO (RFC 5321 section 4.1.1.1). Default: <c>Sending:EhloName</c>, else this machine's name.</summary>
    [RegularExpression("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]+\\]")]
    [Example("mx-out.example.co.jp")]
    public string? EhloName { get; set; }

    /// <summary>PEM file of the roots that certificates are checked against. Default null: the system's store.</summary>
    [Example("/etc/ssl/roots.pem")]
    public string? TrustBundle { get; set; }

    /// <summary>Longest time for probing one domain. Default 15 s; 1 s to 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan ProbeDeadline { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time from dialling to the EHLO after TLS when sending. Default 30 s; 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the reply to one command (RFC 5321 section 4.5.3.2). Default 5 min; 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReplyDeadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait for one block of the message to be taken. Default 3 min; 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BlockDeadline { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest wait for the reply to the final dot (RFC 5321 section 4.5.3.2.6). Default 10 min; 1 s to 20 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:20:00")]
    public TimeSpan FinalReplyDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Connections at a time to one address from this process. Default 20; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int ConnectionsPerAddress { get; set; } = 20;

    /// <summary>How long 421 and refused connections keep that number halved. Default 1 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SlowDownFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that a peer may send until it is secured, handshake included. Default 256 KiB; 16 KiB to 4 MiB.</summary>
    [Range(16 * 1024, 4 * 1024 * 1024)]
    public int PeerBytes { get; set; } = 256 * 1024;
}
