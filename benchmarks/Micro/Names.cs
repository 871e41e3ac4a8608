using BenchmarkDotNet.Attributes;
using TlsOrLink.Domains;

namespace TlsOrLink.Benchmarks.Micro;

public class Names
{
    [Benchmark(Description = "parse a domain of ASCII")]
    public object Ascii() => MailDomain.Parse("Mail.Partner-Company.Example.co.jp");

    [Benchmark(Description = "parse an internationalised domain")]
    public object Japanese() => MailDomain.Parse("日本語ドメイン.example.jp");

    [Benchmark(Description = "parse an address")]
    public object Address() => MailAddress.Parse("hanako.yamada@partner.example.co.jp");
}
