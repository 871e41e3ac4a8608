using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Routing;

/// <summary>Settings of the route decision, section <c>Routing</c>.</summary>
internal sealed class RoutingOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Routing";

    /// <summary>What a verdict must show for route <c>tls</c>: <c>encrypted</c>, <c>verified</c> or <c>authenticated</c>. Default <c>verified</c>.</summary>
    [EnumDataType(typeof(TlsPolicy), ErrorMessage = "Routing:TlsPolicy must be encrypted, verified or authenticated.")]
    public TlsPolicy TlsPolicy { get; set; } = TlsPolicy.Verified;

    /// <summary>A domain that cannot be judged now: <c>defer</c> (try again) or <c>link</c> (send a link at once). Default <c>defer</c>.</summary>
    [EnumDataType(typeof(OnUnreachable), ErrorMessage = "Routing:OnUnreachable must be defer or link.")]
    public OnUnreachable OnUnreachable { get; set; }
}
