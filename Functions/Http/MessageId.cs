namespace TlsOrLink.Functions.Http;

/// <summary>Ids of messages as they stand in URLs.</summary>
internal static class MessageId
{
    private const int Length = 32;

    /// <summary>32 lower-case hex characters; anything else never reaches storage.</summary>
    public static bool IsValid(string id) => id.Length == Length && id.All(c => char.IsAsciiHexDigitLower(c));
}
