using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>What a press lacked, as its page is to show it.</summary>
internal static class LinkVisitPress
{
    /// <summary>The visit with what is missing. Without a pass the page asks for the code by itself.</summary>
    public static LinkVisit With(this LinkVisit visit, Press press) =>
        press.Need == PressNeed.Address ? visit with { Fault = LinkFault.WrongAddress } : visit;
}
