using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>A press of a button on a link's page.</summary>
internal static class LinkVisitPress
{
    /// <summary>The visit with what is missing. Without a pass the page asks for the code by itself.</summary>
    public static LinkVisit With(this LinkVisit visit, Press press) =>
        press.Need == PressNeed.Address ? visit with { Fault = LinkFault.WrongAddress } : visit;

    /// <summary>Reads what the person shows, presses (see <see cref="Presses.PressAsync"/>), and starts the sender's mail after a first download.</summary>
    /// <exception cref="Faults.TransientFault">Storage failed: show the "try again" page.</exception>
    public static async Task<Press> PressAsync(
        this Presses presses,
        HttpRequest request,
        DurableTaskClient client,
        LinkToken token,
        int n,
        CancellationToken cancellation
    )
    {
        var proof = await LinkVisits.ProofAsync(request, cancellation);
        var press = await presses.PressAsync(token, n, proof, cancellation);
        if (DownloadMail.After(press) is { } mail)
        {
            await OwnMailStart.StartAsync(client, mail, CancellationToken.None);
        }

        return press;
    }
}
