namespace TlsOrLink.Inbound;

/// <summary>What the record of a key says of its use (RFC 6376 section 3.6.1). Pure.</summary>
internal static class DkimKeyRecord
{
    /// <summary>
    /// Whether a signature may count by this key. One of a domain that is testing (<c>t=y</c>) is as good as none; <c>t=s</c> wants the identity to be of
    /// the signing domain itself, not of one below it; <c>s=</c> and <c>h=</c> say for what and with which hashes it may be used.
    /// </summary>
    public static bool Allows(string record, DkimTags signature)
    {
        if (DkimTags.Read(record) is not { } key || key["v"] is not (null or "DKIM1"))
        {
            return false;
        }

        var flags = List(key["t"]);
        var hash = signature["a"]?.Split('-')[^1] ?? "";
        return !flags.Contains("y", StringComparer.OrdinalIgnoreCase)
            && (!flags.Contains("s", StringComparer.OrdinalIgnoreCase) || signature.Identity == signature.Domain)
            && (key["s"] is not { } services || List(services).Any(service => service is "*" or "email"))
            && (key["h"] is not { } hashes || List(hashes).Contains(hash, StringComparer.OrdinalIgnoreCase));
    }

    private static string[] List(string? text) => text?.Split(':') ?? [];
}
