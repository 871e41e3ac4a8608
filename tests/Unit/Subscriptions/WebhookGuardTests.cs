using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>What may be registered. Where a name leads is asked on connecting: <see cref="WebhookHandlerTests"/>.</summary>
public sealed class WebhookGuardTests
{
    [Theory]
    [InlineData("https://hooks.example.com/x")]
    [InlineData("https://hooks.example.com:8443/x?sig=%2Fabc&sv=1.0")]
    [InlineData(
        "https://prod-12.japaneast.logic.azure.com:443/workflows/0123/triggers/manual/paths/invoke?api-version=2016-06-01&sig=abc"
    )]
    [InlineData("https://1.1.1.1/x")]
    [InlineData("https://[2606:4700:4700::1111]/x")]
    public void Takes_public_HTTPS(string url) => In(Environments.Production).FaultOf(url).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hooks.example.com/x")]
    [InlineData("/x")]
    [InlineData("http://hooks.example.com/x")]
    [InlineData("HTTP://hooks.example.com/x")]
    [InlineData("ftp://hooks.example.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://hooks.example.com/x")]
    [InlineData("https://user@hooks.example.com/x")]
    [InlineData("https://hooks.example.com/x#fragment")]
    [InlineData("https://hooks.example.com/x y")]
    [InlineData("https://hooks.example.com/x\r\nHost: y")]
    [InlineData("https://フック.example/x")]
    [InlineData("https://localhost/x")]
    [InlineData("https://app.localhost/x")]
    [InlineData("https://metadata/x")]
    [InlineData("https://metadata.google.internal/x")]
    [InlineData("https://printer.local/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://127.1/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("https://0x7f000001/x")]
    [InlineData("https://0177.0.0.1/x")]
    [InlineData("https://0/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://172.16.0.1/x")]
    [InlineData("https://192.168.0.1/x")]
    [InlineData("https://100.64.0.1/x")]
    [InlineData("https://169.254.169.254/metadata/instance")]
    [InlineData("https://168.63.129.16/x")]
    [InlineData("https://224.0.0.1/x")]
    [InlineData("https://255.255.255.255/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::]/x")]
    [InlineData("https://[::ffff:10.0.0.1]/x")]
    [InlineData("https://[::ffff:a9fe:a9fe]/x")]
    [InlineData("https://[64:ff9b::a00:1]/x")]
    [InlineData("https://[fd00:ec2::254]/x")]
    [InlineData("https://[fe80::1]/x")]
    [InlineData("https://[2002:7f00:1::1]/x")]
    [InlineData("https://[ff02::1]/x")]
    public void Refuses_everything_else_and_says_what_would_be_right(string? url) =>
        In(Environments.Production).FaultOf(url).ShouldNotBeNull().ShouldStartWith("Must ");

    [Fact]
    public void Refuses_a_URL_that_is_too_long()
    {
        var url = "https://hooks.example.com/" + new string('x', 2048 - 26);
        In(Environments.Production).FaultOf(url).ShouldBeNull();
        In(Environments.Production).FaultOf(url + "x").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/x")]
    [InlineData("http://[::1]:5000/x")]
    [InlineData("http://localhost:5000/x")]
    public void Development_opens_loopback_and_HTTP(string url) =>
        In(Environments.Development).FaultOf(url).ShouldBeNull();

    [Theory]
    [InlineData("http://10.0.0.1/x")]
    [InlineData("http://169.254.169.254/x")]
    [InlineData("http://[::ffff:127.0.0.1]/x")]
    public void Development_opens_nothing_else(string url) =>
        In(Environments.Development).FaultOf(url).ShouldNotBeNull();

    [Fact]
    public void An_opened_range_is_for_HTTPS_and_names_of_inside_too()
    {
        var guard = In(Environments.Production, "10.20.0.0/16");
        guard.FaultOf("https://10.20.1.1/x").ShouldBeNull();
        guard.FaultOf("https://hooks.corp.internal/x").ShouldBeNull();
        guard.FaultOf("http://10.20.1.1/x").ShouldNotBeNull();
        guard.FaultOf("https://10.21.1.1/x").ShouldNotBeNull();
    }

    [Fact]
    public void A_bad_range_names_its_setting()
    {
        var options = new SubscriptionsOptions { OpenRanges = ["10.0.0.0/8", "10.0.0.1/99"] };
        options
            .Validate(new(options))
            .ShouldHaveSingleItem()
            .ErrorMessage.ShouldNotBeNull()
            .ShouldStartWith("Subscriptions:OpenRanges:1 ");
    }

    private static WebhookGuard In(string environment, params string[] open) =>
        new(Options.Create(new SubscriptionsOptions { OpenRanges = [.. open] }), new Surroundings(environment));
}
