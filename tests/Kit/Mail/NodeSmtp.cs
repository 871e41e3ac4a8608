using System.Net;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>What a <see cref="NodeSmtp"/> shall be like.</summary>
public sealed record NodeSmtpWish
{
    /// <summary>Offers REQUIRETLS under TLS (RFC 8689).</summary>
    public bool RequireTls { get; init; } = true;

    public bool StartTls { get; init; } = true;

    /// <summary>TLS without STARTTLS.</summary>
    public bool TlsFromStart { get; init; }

    /// <summary>Asks for AUTH and takes this user alone; null for no AUTH.</summary>
    public string? User { get; init; }

    public string? Secret { get; init; }

    public IReadOnlyList<string> AuthMethods { get; init; } = ["PLAIN", "LOGIN"];

    /// <summary>As Node names them: <c>TLSv1.2</c>, <c>TLSv1.3</c>; null for Node's own choice.</summary>
    public string? MinimumVersion { get; init; }

    /// <inheritdoc cref="MinimumVersion"/>
    public string? MaximumVersion { get; init; }

    /// <summary>Null for a good certificate of the world's authority.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Replies by command (<c>CONNECT</c>, <c>MAIL</c>, <c>RCPT</c>, <c>DATA</c>), for instance <c>450 later</c>.</summary>
    public IReadOnlyDictionary<string, string> Refusals { get; init; } = new Dictionary<string, string>();
}

/// <summary>A message that a <see cref="NodeSmtp"/> has read, taken or not.</summary>
/// <param name="RequireTls">Whether MAIL said REQUIRETLS.</param>
/// <param name="User">Who it was by AUTH; null without.</param>
/// <param name="Tls">The TLS version; null where in clear text.</param>
public sealed record NodeMessage(
    string Sender,
    IReadOnlyList<string> Recipients,
    bool RequireTls,
    string? User,
    string? Tls,
    byte[] Content
)
{
    /// <summary>The content as Latin-1, one character per byte.</summary>
    public string Text => Encoding.Latin1.GetString(Content);
}

/// <summary>npm's smtp-server: a real server for what Postfix has not, REQUIRETLS above all.</summary>
public sealed class NodeSmtp : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Child _child;

    private NodeSmtp(string hostName, IPAddress address, Child child) =>
        (HostName, Address, _child) = (hostName, address, child);

    public string HostName { get; }

    public IPAddress Address { get; }

    public int Connections => Events("connected").Count();

    /// <summary>AUTH commands read.</summary>
    public int Logins => Events("auth").Count();

    /// <summary>The messages read so far; a reply and its line here are some milliseconds apart.</summary>
    public IReadOnlyList<NodeMessage> Messages =>
        [.. Events("message").Select(l => JsonSerializer.Deserialize<NodeMessage>(l, Json)!)];

    public static async Task<NodeSmtp> StartAsync(
        string hostName,
        NodeSmtpWish wish,
        TempFolder folder,
        PrivateAuthority authority,
        Loopback loopback
    )
    {
        var address = loopback.NextAddress();
        var (certificateFile, keyFile) = (wish.Certificate ?? authority.Issue(hostName)).WriteTo(
            folder,
            $"node-{address}"
        );
        var options = new
        {
            hostName,
            address = address.ToString(),
            port = loopback.Port,
            certificateFile,
            keyFile,
            wish.MinimumVersion,
            wish.MaximumVersion,
            wish.RequireTls,
            wish.StartTls,
            wish.TlsFromStart,
            wish.User,
            wish.Secret,
            wish.AuthMethods,
            refusals = wish.Refusals,
        };
        var script = Path.Combine(NodeFolder.Root, "smtp.js");
        var child = Child.Start("smtp-server", ["node", script, JsonSerializer.Serialize(options, Json)]);
        await child.WaitForLineAsync(l => l.Contains("\"listening\"", StringComparison.Ordinal));
        return new NodeSmtp(hostName, address, child);
    }

    /// <summary>A domain whose only MX host this is.</summary>
    public Zone ZoneFor(string domain) => new(domain, $"@ MX 10 {HostName}.", Zone.Host($"{HostName}.", Address));

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private IEnumerable<string> Events(string name) =>
        _child.Output.Lines.Where(l => l.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal));
}
