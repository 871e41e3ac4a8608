using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary><c>{ "partner": "partner.example", "passphrase": "…" }</c>, or what is wrong with it.</summary>
internal sealed record PassphraseForm(MailDomain? Domain, MailAddress? Address, string Passphrase)
{
    private const int MaxBytes = 4096;
    private const string PartnerField = "partner";
    private const string PassphraseField = "passphrase";

    /// <summary>Per field what is wrong and what would be right; empty where all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Nothing: it holds a secret.</summary>
    public override string ToString() => nameof(PassphraseForm);

    /// <summary>403 where the caller lacks the role; null where it has it.</summary>
    public static IActionResult? Refusal(Caller? caller) =>
        MissingRole.Of(caller, CallerRoles.Policy, "Passphrases need the role policy (Callers:n:Roles).");

    /// <summary>400 naming the fields.</summary>
    public static IActionResult Wrong(PassphraseForm form) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid-passphrase", form.Errors);

    public static async Task<PassphraseForm> ReadAsync(
        HttpRequest request,
        bool withPassphrase,
        CancellationToken cancellation
    )
    {
        var body = await BoundedBody.ReadAsync(request, MaxBytes, cancellation);
        try
        {
            using var json = JsonDocument.Parse(body ?? ReadOnlyMemory<byte>.Empty);
            return Read(json.RootElement, withPassphrase);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            return Wrong(
                "$",
                """Must be JSON of at most 4096 bytes: { "partner": "partner.example", "passphrase": "…" }."""
            );
        }
    }

    private static PassphraseForm Read(JsonElement body, bool withPassphrase)
    {
        var partner = Text(body, PartnerField);
        var domain =
            MailAddress.TryParse(partner, out var address) ? address.Domain
            : MailDomain.TryParse(partner, out var parsed) ? parsed
            : null as MailDomain?;
        if (domain is null)
        {
            return Wrong(
                PartnerField,
                "Must be a mail domain or address, such as partner.example or taro@partner.example."
            );
        }

        var passphrase = AccessCodeText.Normalize(Text(body, PassphraseField));
        return withPassphrase && passphrase.Length == 0
            ? Wrong(
                PassphraseField,
                $"Must have {AccessCodeText.MinCharacters} to {AccessCodeText.MaxCharacters} characters, white space and hyphens not counted."
            )
            : new PassphraseForm(domain.Value, address, passphrase);
    }

    private static string? Text(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static PassphraseForm Wrong(string field, string message) =>
        new(null, null, "")
        {
            Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] },
        };
}
