namespace TlsOrLink.Dns;

/// <summary>The data of an MX record (RFC 5321 section 5.1).</summary>
/// <param name="Preference">Lower is preferred.</param>
/// <param name="Exchange">As it came, without the trailing dot: "." is a null MX (RFC 7505); anything may stand here.</param>
internal sealed record MxRecord(int Preference, string Exchange);

/// <summary>The data of a TLSA record (RFC 6698 section 2.1).</summary>
/// <param name="Usage">2 is DANE-TA, 3 is DANE-EE; others are not usable for SMTP (RFC 7672 section 3.1.3).</param>
/// <param name="Selector">0 whole certificate, 1 SubjectPublicKeyInfo.</param>
/// <param name="Matching">0 full, 1 SHA-256, 2 SHA-512.</param>
/// <param name="Data">Certificate association data.</param>
internal sealed record TlsaRecord(byte Usage, byte Selector, byte Matching, ReadOnlyMemory<byte> Data)
{
    /// <summary>Presentation form, as a zone file has it.</summary>
    public override string ToString() => $"{Usage} {Selector} {Matching} {Convert.ToHexStringLower(Data.Span)}";
}
