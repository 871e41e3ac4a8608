using Microsoft.AspNetCore.Http;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>In which language the one who asks reads.</summary>
internal static class Readers
{
    /// <summary>What the switch says, else the browser, else <paramref name="fallback"/>.</summary>
    public static MailLanguage LanguageOf(this HttpRequest request, MailLanguage fallback) =>
        Languages.Choose(
            request.Query["lang"] is [{ } chosen] ? chosen : null,
            request.Headers.AcceptLanguage is [{ } accepted] ? accepted : null,
            fallback
        );
}
