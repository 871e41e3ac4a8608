using Microsoft.Extensions.Options;
using TlsOrLink.Health;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.Probing;

public sealed class EhloHealthTests
{
    private readonly PlainResolver _resolver = new()
    {
        Addresses = { ["mx-out.sender.example"] = ["192.0.2.1", "192.0.2.2"], ["bare.sender.example"] = ["192.0.2.3"] },
        HostNames =
        {
            ["1.2.0.192.in-addr.arpa"] = ["host-1.platform.example"],
            ["2.2.0.192.in-addr.arpa"] = ["MX-OUT.sender.example."],
        },
    };

    [Theory]
    [InlineData("mx-out.sender.example", DependencyStatus.Ok, "as its reverse name")]
    [InlineData("bare.sender.example", DependencyStatus.Degraded, "No address of the name")]
    [InlineData("absent.sender.example", DependencyStatus.Degraded, "has no address")]
    [InlineData("[192.0.2.1]", DependencyStatus.Degraded, "no host name")]
    internal async Task Compares_the_name_given_in_EHLO_with_the_reverse_name(
        string ehlo,
        DependencyStatus status,
        string detail
    )
    {
        var found = await CheckAsync(ehlo);

        found.Status.ShouldBe(status);
        found.Detail.ShouldContain(detail);
    }

    [Theory]
    [InlineData("address mx-out.sender.example")]
    [InlineData("ptr 1.2.0.192.in-addr.arpa", "ptr 2.2.0.192.in-addr.arpa")]
    public async Task Accuses_nobody_while_DNS_fails(params string[] failing)
    {
        _resolver.Failing.UnionWith(failing);

        (await CheckAsync("mx-out.sender.example")).Status.ShouldBe(DependencyStatus.Unknown);
    }

    private Task<DependencyFinding> CheckAsync(string ehlo) =>
        new EhloHealth(_resolver, Options.Create(new SmtpOptions { EhloName = ehlo })).CheckAsync(
            TestContext.Current.CancellationToken
        );
}
