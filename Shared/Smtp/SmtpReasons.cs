namespace TlsOrLink.Smtp;

/// <summary>Slugs of how a connection ended short of TLS; explained in <c>docs/tls-decision.md</c>.</summary>
internal static class SmtpReasons
{
    public const string NotOffered = "starttls-not-offered";
    public const string Refused = "starttls-refused";
    public const string Injection = "starttls-injection";
    public const string TlsTooOld = "tls-too-old";
    public const string HandshakeFailed = "handshake-failed";
    public const string EhloAfterTlsRefused = "ehlo-after-tls-refused";

    public const string NoAddress = "no-address";
    public const string AddressRefused = "address-not-public";
    public const string ConnectionRefused = "connection-refused";
    public const string NoRoute = "no-route";
    public const string Timeout = "timeout";
    public const string Dropped = "dropped";
    public const string Flood = "too-much-data";
    public const string NotSmtp = "not-smtp";
    public const string Cancelled = "cancelled";
    public const string Busy = "busy";
    public const string BannerRefused = "banner-refused";

    public const string RequireTlsNotOffered = "requiretls-not-offered";
    public const string SmtpUtf8NotOffered = "smtputf8-not-offered";
    public const string EightBitNotOffered = "8bitmime-not-offered";
    public const string TooLarge = "size-exceeded";
}
