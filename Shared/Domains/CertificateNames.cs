using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsOrLink.Domains;

/// <summary>The one check of a host's name against a certificate that a peer presents.</summary>
internal static class CertificateNames
{
    /// <summary>
    /// Whether a dNSName of the certificate is the host's (RFC 9525 section 6): a wildcard stands for one left-most label, the common
    /// name is ignored. False too where the host's name or the certificate's names are malformed: both come from strangers.
    /// </summary>
    public static bool NamesHost(this X509Certificate2 leaf, string host)
    {
        try
        {
            return leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false);
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            return false; // .NET refuses names such as _mx.example, and alternative names that do not parse
        }
    }
}
