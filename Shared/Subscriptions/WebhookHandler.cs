using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;

namespace TlsOrLink.Subscriptions;

/// <summary>No address of a subscriber's host may be dialled.</summary>
internal sealed class RefusedAddressException() : IOException("No address of the host may be dialled.");

/// <summary>The host has no address, or nobody can say which.</summary>
internal sealed class UnknownHostException() : IOException("The host has no address.");

/// <summary>
/// The HTTP of notifications, whose URL anybody names who calls (server-side request forgery): no proxy, redirects, cookies or downloads that
/// the peer names, and a connection only to an address that the guard allows: the very address that was asked about, so that a
/// second answer of the DNS changes nothing.
/// </summary>
internal static class WebhookHandler
{
    private const int MaxAddresses = 5;
    private const int MaxHeaderKilobytes = 16;
    private const int MaxDrainBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static SocketsHttpHandler Create(IResolver resolver, AddressGuard guard) =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = MaxDrainBytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            // Our trace is no business of theirs.
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellation) => DialAsync(resolver, guard, context.DnsEndPoint, cancellation),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            },
        };

    private static async ValueTask<Stream> DialAsync(
        IResolver resolver,
        AddressGuard guard,
        DnsEndPoint host,
        CancellationToken cancellation
    )
    {
        var addresses = await FindAsync(resolver, host.Host, cancellation);
        // One that is refused speaks for all: a name that also leads inside is an attack or a mistake.
        if (addresses.Count == 0 || !addresses.All(guard.Allows))
        {
            throw addresses.Count == 0 ? new UnknownHostException() : new RefusedAddressException();
        }

        SocketException? last = null;
        foreach (var address in addresses.Take(MaxAddresses))
        {
            try
            {
                return await Dial.ConnectAsync(new IPEndPoint(address, host.Port), ConnectTimeout, cancellation);
            }
            catch (SocketException fault)
            {
                last = fault;
            }
        }

        throw last!;
    }

    private static async Task<IReadOnlyList<IPAddress>> FindAsync(
        IResolver resolver,
        string host,
        CancellationToken cancellation
    ) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal]
        : DnsName.TryParse(host, out var name) ? (await resolver.FindAddressesAsync(name, cancellation)).Records
        : [];
}
