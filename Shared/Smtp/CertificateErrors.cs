namespace TlsOrLink.Smtp;

/// <summary>Slugs of what can be wrong with a certificate; explained in <c>docs/tls-decision.md</c>.</summary>
internal static class CertificateErrors
{
    public const string Expired = "expired";
    public const string NotYetValid = "not-yet-valid";
    public const string SelfSigned = "self-signed";
    public const string UntrustedRoot = "untrusted-root";
    public const string NameMismatch = "name-mismatch";
    public const string WeakKey = "weak-key";
    public const string WeakSignature = "weak-signature";
    public const string WrongPurpose = "wrong-purpose";
    public const string InvalidChain = "invalid-chain";
    public const string Missing = "no-certificate";
}
