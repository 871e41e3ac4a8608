using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Functions.Http;

/// <summary>Says when it is worth asking again (RFC 9110 section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>Sets the header to whole seconds, rounded up; one at least, since none would mean at once.</summary>
    public static void Set(HttpRequest request, TimeSpan wait) =>
        request.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
}
