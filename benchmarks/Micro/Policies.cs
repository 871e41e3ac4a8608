using BenchmarkDotNet.Attributes;
using TlsOrLink.Dns;
using TlsOrLink.MtaSts;

namespace TlsOrLink.Benchmarks.Micro;

public class Policies
{
    private readonly StsPolicy _policy = new(
        StsMode.Enforce,
        TimeSpan.FromDays(7),
        ["mx1.partner.example", "mx2.partner.example", "*.mail.protection.example"]
    );

    private DnsName _host;

    [GlobalSetup]
    public void SetUp() => _ = DnsName.TryParse("partner-example.mail.protection.example", out _host);

    [Benchmark(Description = "match a host with an MTA-STS policy of three patterns")]
    public bool Match() => _policy.Covers(_host);
}
