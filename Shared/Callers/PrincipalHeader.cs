using System.Text.Json;

namespace TlsOrLink.Callers;

/// <summary>
/// Reads <c>x-ms-client-principal</c> as App Service writes it for Entra ID. Only to be asked where the platform signs people in: else
/// anybody can write the header. Pure.
/// </summary>
internal static class PrincipalHeader
{
    private const int MaxLength = 32 * 1024;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "oid",
        "http://schemas.microsoft.com/identity/claims/objectidentifier",
        "preferred_username",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
    };

    /// <summary>Object id and user name of the principal; empty where the header is not one of Entra ID.</summary>
    public static IReadOnlyList<string> Read(string header)
    {
        var buffer = new byte[Math.Min(header.Length, MaxLength)];
        if (header.Length > MaxLength || !Convert.TryFromBase64String(header, buffer, out var length))
        {
            return [];
        }

        try
        {
            var principal = JsonSerializer.Deserialize<Principal>(buffer.AsSpan(0, length), JsonSerializerOptions.Web);
            return principal is { Auth_typ: "aad", Claims: { } claims }
                ?
                [
                    .. claims
                        .Where(claim => Names.Contains(claim.Typ ?? ""))
                        .Select(claim => claim.Val)
                        .OfType<string>(),
                ]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record Principal(string? Auth_typ, Claim[]? Claims);

    private sealed record Claim(string? Typ, string? Val);
}
