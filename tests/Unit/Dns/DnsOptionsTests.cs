using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

public sealed class DnsOptionsTests
{
    [Theory]
    [InlineData("Dns:Servers:0", "dns.example")]
    [InlineData("Dns:Timeout", "00:00:00")]
    [InlineData("Dns:Timeout", "01:00:00")]
    [InlineData("Dns:Retries", "9")]
    [InlineData("Dns:CacheEntries", "-1")]
    public void Refuses_a_bad_value_and_names_the_setting(string setting, string value)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Read((setting, value)));
        fault.Message.ShouldContain(string.Join(':', setting.Split(':').Take(2)));
    }

    [Fact]
    public void Reads_servers_with_and_without_port()
    {
        var options = Read(
            ("Dns:Servers:0", "127.0.0.1:5353"),
            ("Dns:Servers:1", "9.9.9.9"),
            ("Dns:Servers:2", "[2620:fe::fe]:53")
        );
        options
            .EndPoints()
            .Select(point => point.ToString())
            .ShouldBe(["127.0.0.1:5353", "9.9.9.9:53", "[2620:fe::fe]:53"]);
    }

    private static DnsOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddDns()
            .BuildServiceProvider();
        return provider.GetRequiredService<IOptions<DnsOptions>>().Value;
    }
}
