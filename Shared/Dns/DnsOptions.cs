using System.ComponentModel.DataAnnotations;
using System.Net;
using TlsOrLink.Settings;

namespace TlsOrLink.Dns;

/// <summary>Settings of the resolver, section <c>Dns</c>.</summary>
internal sealed class DnsOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Dns";

    /// <summary>
    /// Resolvers as <c>address</c>, <c>address:port</c> or <c>[address]:port</c>, asked in order while one does not answer. Default: the
    /// system's (<c>/etc/resolv.conf</c>).
    /// </summary>
    [Example("192.0.2.53")]
    public List<string> Servers { get; set; } = [];

    /// <summary>The resolvers validate DNSSEC, so that DANE can be used. Believed only over TCP or on loopback. Default false.</summary>
    public bool Validating { get; set; }

    /// <summary>Asks over TCP only: an answer cannot be forged from off the path. Default true.</summary>
    public bool UseTcp { get; set; } = true;

    /// <summary>Waiting for one answer. Default 3 seconds, 100 ms to 1 minute.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "00:01:00",
        ErrorMessage = "Dns:Timeout must be from 00:00:00.1 to 00:01:00."
    )]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Further tries at a server that does not answer. Default 1, 0 to 5.</summary>
    [Range(0, 5, ErrorMessage = "Dns:Retries must be from 0 to 5.")]
    public int Retries { get; set; } = 1;

    /// <summary>Questions under way at a time, each on a connection of its own. Default 100, 1 to 10000; a resolver has a limit too.</summary>
    [Range(1, 10_000, ErrorMessage = "Dns:Connections must be from 1 to 10000.")]
    public int Connections { get; set; } = 100;

    /// <summary>Answers kept in memory at most. Default 10000, 0 to 1000000; each takes at most some 4 KiB.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Dns:CacheEntries must be from 0 to 1000000.")]
    public int CacheEntries { get; set; } = 10_000;

    /// <summary>The servers as end points; empty for the system's.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints() =>
        [.. Servers.Select(text => ToEndPoint(text) ?? throw new FormatException(text))];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Servers
            .Index()
            .Where(server => ToEndPoint(server.Item) is null)
            .Select(server => new ValidationResult(
                $"Dns:Servers:{server.Index} must be an address such as 127.0.0.1:53."
            ));

    private static IPEndPoint? ToEndPoint(string text) =>
        IPEndPoint.TryParse(text, out var point)
            ? new IPEndPoint(point.Address, point.Port == 0 ? 53 : point.Port)
            : null;
}
