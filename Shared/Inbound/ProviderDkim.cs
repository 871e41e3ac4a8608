using TlsOrLink.Domains;

namespace TlsOrLink.Inbound;

/// <summary>
/// The field <c>dkim</c> of a parsed mail, such as <c>{@example.com : pass, @other.example : fail}</c>: what SendGrid found as it took the mail in. It is signed with
/// the request. Pure.
/// </summary>
internal static class ProviderDkim
{
    /// <summary>The provider says that the author's own domain, or one above it, signed the mail and the signature is good.</summary>
    public static bool Passes(string? field, MailDomain author)
    {
        var text = field?.Trim() ?? "";
        return text is ['{', .., '}']
            && text[1..^1]
                .Split(',')
                .Select(part => part.Split(':'))
                .Any(part =>
                    part is [var domain, var result]
                    && result.Trim().Trim('"') is "pass"
                    && MailDomain.TryParse(domain.Trim().Trim('"').TrimStart('@'), out var signer)
                    && DkimTags.IsAligned(signer, author)
                );
    }
}
