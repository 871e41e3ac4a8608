namespace TlsOrLink.Callers;

/// <summary>Section <c>Callers</c>, beside the list: where callers reach the API.</summary>
internal sealed class ApiAddressOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = CallersOptions.Section;

    /// <summary>
    /// Base URL of the API as callers see it, for <c>Location</c>; needed behind a proxy that changes the host name. Default: the host
    /// of the request, and HTTPS where the request or <c>X-Forwarded-Proto</c> says so.
    /// </summary>
    public Uri? ApiAddress { get; set; }
}
