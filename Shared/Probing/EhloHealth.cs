using System.Net;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Health;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>
/// The name that we give in EHLO leads to an address whose reverse name is that name again. Mail servers that do not find it so refuse mail or
/// take it for junk (RFC 5321 section 4.1.4 forbids the first on this ground alone; many do it all the same).
/// </summary>
internal sealed class EhloHealth(IResolver resolver, IOptions<SmtpOptions> options) : IDependency
{
    public string Name => "ehlo-name";

    public string Remedy =>
        "Publish an A record of Sending:EhloName with the outbound address, and let that address have the name as its reverse name (PTR): infra/README.md, DNS records.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        if (!DnsName.TryParse(options.Value.EhloName, out var name) || name.IsAddressLiteral)
        {
            return Degraded("Sending:EhloName is no host name.");
        }

        var addresses = await resolver.FindAddressesAsync(name, cancellation);
        if (addresses.Status != DnsStatus.Found)
        {
            return addresses.Status == DnsStatus.Failed
                ? new DependencyFinding(
                    DependencyStatus.Unknown,
                    "The name given in EHLO could not be looked up.",
                    Remedy
                )
                : Degraded("The name given in EHLO has no address.");
        }

        var answers = await Task.WhenAll(addresses.Records.Select(address => ReverseAsync(address, cancellation)));
        return answers.Any(answer => answer.Records.Contains(name))
                ? DependencyFinding.Fine("An address of the name given in EHLO has it as its reverse name.")
            : answers.All(answer => answer.Status == DnsStatus.Failed)
                ? new DependencyFinding(DependencyStatus.Unknown, "No reverse name could be looked up.", Remedy)
            : Degraded("No address of the name given in EHLO has it as its reverse name.");
    }

    private Task<DnsAnswer<DnsName>> ReverseAsync(IPAddress address, CancellationToken cancellation) =>
        resolver.FindHostNamesAsync(address, cancellation);

    private DependencyFinding Degraded(string detail) => new(DependencyStatus.Degraded, detail, Remedy);
}
