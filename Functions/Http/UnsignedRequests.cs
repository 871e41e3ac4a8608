using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// Requests to hooks that were refused for their signature, by network address. Who has used up its share gets no large body read any more, and 429 for what is
/// refused; a small request that is genuine is taken all the same, since a provider has one address for all its customers, and drops mail that is answered so. A large
/// mail may be genuine too: it is asked for again.
/// </summary>
internal sealed class UnsignedRequests(ClientBudget clients)
{
    /// <summary>What a 401 of a signed hook asks for.</summary>
    private const string Challenge = "Signature";

    /// <summary>Larger bodies are not read of who has used up its share.</summary>
    public const long SmallBytes = 1 << 20;

    /// <summary>Refused within <see cref="ClientBudget.Window"/>: a provider whose key was changed is not shut out at once.</summary>
    public const int Most = 120;

    /// <summary>The request is refused unread.</summary>
    public bool IsTooMuch(HttpRequest request) =>
        !clients.Has(Counted.Unsigned, Clients.AddressOf(request), Most)
        && request.ContentLength is null or > SmallBytes;

    /// <summary>Counts a request whose signature was refused.</summary>
    public IActionResult Refuse(HttpRequest request, string detail)
    {
        if (!clients.TryTake(Counted.Unsigned, Clients.AddressOf(request), Most))
        {
            return TooMany(request);
        }

        request.HttpContext.Response.Headers.WWWAuthenticate = Challenge;
        return Problem.Of(StatusCodes.Status401Unauthorized, "signature-refused", detail);
    }

    /// <summary>503 to a large mail of who has used up its share: it is posted again, when others' requests are forgotten.</summary>
    public static IActionResult ComeAgain(HttpRequest request)
    {
        RetryAfter.Set(request, ClientBudget.Window);
        return Problem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "try-again-later",
            "Too many requests of this address were refused for their signature, so that no large one is read for now. Send the same request again."
        );
    }

    /// <summary>The answer to who has used up its share.</summary>
    public static IActionResult TooMany(HttpRequest request)
    {
        RetryAfter.Set(request, ClientBudget.Window);
        return Problem.Of(
            StatusCodes.Status429TooManyRequests,
            "too-many-unsigned",
            "Too many requests of this address were refused for their signature. Mend the key or the signature, and try again in ten minutes."
        );
    }
}
