using TlsOrLink.Callers;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>The operator's policy on the links of one caller's messages.</summary>
internal static class LinkPolicies
{
    public static LinkPolicy Of(Caller caller, LinkOptions options) =>
        LinkPolicy.Of(options.Mode, options.Bytes, caller.Links.ArePaged, caller.Links.AreSameHost);
}
