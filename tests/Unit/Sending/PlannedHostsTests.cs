using TlsOrLink.Dns;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Sending;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class PlannedHostsTests
{
    [Theory]
    [InlineData("a,b", MxStatus.Hosts, "a,b", "a,b")]
    [InlineData("a,b", MxStatus.Hosts, "b,c", "b")]
    [InlineData("a", MxStatus.Hosts, "c", "")]
    [InlineData("a", MxStatus.NoMail, "", "")]
    [InlineData("a", MxStatus.Failed, "", "a")]
    [InlineData("", MxStatus.Hosts, "c,d", "c,d")]
    internal void Only_hosts_that_the_domain_still_names_get_mail(
        string planned,
        MxStatus status,
        string named,
        string used
    )
    {
        var plan = new RoutePlan(Route.Tls, "verified", TlsLevel.Verified, [.. Names(planned)]);
        var now = new MxAnswer(
            status,
            MxReasons.Found,
            [.. Names(named).Select((name, i) => new MxHost(NameOf(name), i))],
            Secure: false,
            NameOf("d.example"),
            DateTimeOffset.MaxValue
        );

        DirectTransport.HostsOf(plan, now).Select(host => host.Name.Value).ShouldBe(Names(used));
    }

    private static IEnumerable<string> Names(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => $"{label}.example");

    private static DnsName NameOf(string text) =>
        DnsName.TryParse(text, out var name) ? name : throw new ArgumentException("Not a name.", nameof(text));
}
