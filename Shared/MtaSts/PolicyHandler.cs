using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.MtaSts;

/// <summary>
/// The HTTPS of the policy fetch: no proxy, redirects, cookies or downloads named by the peer, and a connection only to an address that
/// the guard allows, on the very address dialled.
/// </summary>
internal static class PolicyHandler
{
    private const int MaxAddresses = 5;
    private const int MaxHeaderKilobytes = 16;
    private static readonly TimeSpan AddressTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Makes the handler.</summary>
    /// <param name="resolver">Finds the policy host's addresses.</param>
    /// <param name="guard">Asked for each of them.</param>
    /// <param name="roots">Trusted roots, or null for the system's.</param>
    public static SocketsHttpHandler Create(
        IResolver resolver,
        AddressGuard guard,
        X509Certificate2Collection? roots
    ) =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            ConnectCallback = (context, cancellation) => DialAsync(resolver, guard, context.DnsEndPoint, cancellation),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                AllowTlsResume = false,
                CertificateChainPolicy = ChainPolicy(roots),
                RemoteCertificateValidationCallback = IsPolicyHost,
            },
        };

    private static X509ChainPolicy ChainPolicy(X509Certificate2Collection? roots)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = roots is null ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust,
        };
        policy.CustomTrustStore.AddRange(roots ?? []);
        return policy;
    }

    // RFC 8461 section 3.3: a DNS-ID in the SAN; the common name does not count.
    private static bool IsPolicyHost(
        object sender,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors
    ) =>
        errors == SslPolicyErrors.None
        && certificate is X509Certificate2 leaf
        && sender is SslStream stream
        && leaf.NamesHost(stream.TargetHostName);

    private static async ValueTask<Stream> DialAsync(
        IResolver resolver,
        AddressGuard guard,
        DnsEndPoint host,
        CancellationToken cancellation
    )
    {
        var addresses = DnsName.TryParse(host.Host, out var name)
            ? (await resolver.FindAddressesAsync(name, cancellation)).Records
            : [];
        foreach (var address in addresses.Take(MaxAddresses).Where(guard.Allows))
        {
            try
            {
                return await Dial.ConnectAsync(new IPEndPoint(address, host.Port), AddressTimeout, cancellation);
            }
            catch (SocketException)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        throw new HttpRequestException(
            HttpRequestError.ConnectionError,
            "No address of the policy host can be dialled."
        );
    }
}
