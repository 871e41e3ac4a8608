namespace TlsOrLink.Smtp;

/// <summary>The certificate that a host presented.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name of the issuer.</param>
/// <param name="NotBefore">Start of validity.</param>
/// <param name="NotAfter">End of validity.</param>
/// <param name="Sha256">Fingerprint, lower-case hex.</param>
/// <param name="Errors">Chain and name errors as slugs of <see cref="CertificateErrors"/>, empty where there are none.</param>
public sealed record CertificateEvidence(
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Sha256,
    IReadOnlyList<string> Errors
);
