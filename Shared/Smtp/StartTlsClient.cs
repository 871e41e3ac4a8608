using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;

namespace TlsOrLink.Smtp;

/// <summary>
/// MailKit's client for greeting, EHLO, STARTTLS and EHLO, with TLS as this product needs it: no resumption, no downloads, any certificate let
/// through as evidence. Nothing is sent through it afterwards: it would rewrite the message.
/// </summary>
internal sealed class StartTlsClient : SmtpClient
{
#pragma warning disable CA5398 // the product's rule is "1.2 or newer" whatever the system's setting
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
    private readonly SmtpTarget _target;
    private readonly TrustAnchors _trust;
    private readonly TimeProvider _clock;

#pragma warning disable CA2000 // MailKit disposes its logger
    public StartTlsClient(SmtpTarget target, string ehloName, TrustAnchors trust, TimeProvider clock)
        : base(new Conversation())
#pragma warning restore CA2000
    {
        (_target, _trust, _clock) = (target, trust, clock);
        LocalDomain = ehloName;
    }

    /// <summary>Commands and codes so far.</summary>
    public Conversation Conversation => (Conversation)ProtocolLogger;

    /// <summary>The TLS stream once the certificate was seen.</summary>
    public SslStream? Tls { get; private set; }

    /// <summary>The certificate's evidence; null until it was seen.</summary>
    public CertificateEvidence? Certificate { get; private set; }

    /// <summary>The chain as presented, leaf first, DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; private set; } = [];

    /// <summary>What the last EHLO reply offers; SIZE without a number, or 0, is no limit (RFC 1870 section 4).</summary>
    public SmtpFeatures Features =>
        new(
            Capabilities.HasFlag(SmtpCapabilities.RequireTLS) && IsSecure,
            Capabilities.HasFlag(SmtpCapabilities.UTF8),
            Capabilities.HasFlag(SmtpCapabilities.EightBitMime),
            Capabilities.HasFlag(SmtpCapabilities.Pipelining),
            Capabilities.HasFlag(SmtpCapabilities.Size),
            MaxSize == 0 ? null : MaxSize
        );

    /// <inheritdoc/>
    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host,
        RemoteCertificateValidationCallback remoteCertificateValidationCallback
    ) =>
#pragma warning disable CA5398 // the same
        new()
        {
            TargetHost = _target.ServerName,
            EnabledSslProtocols = Protocols,
            AllowTlsResume = false, // .NET caches sessions by name: another server's certificate would be reported
            CertificateChainPolicy = _trust.NewPolicy(_clock.GetUtcNow()),
            RemoteCertificateValidationCallback = Examine,
        };
#pragma warning restore CA5398

    private bool Examine(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            return false;
        }

        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        Tls = (SslStream)sender;
        Certificate = CertificateReading.Read(leaf, status, _target.Host, _clock.GetUtcNow());
        Chain =
        [
            leaf.RawData,
            .. chain
                .ChainPolicy.ExtraStore.Where(other => !other.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
                .Select(other => other.RawData),
        ];
        return true;
    }
}
