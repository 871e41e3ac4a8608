using Microsoft.Extensions.Hosting.Internal;
using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkOptionsTests
{
    [Theory]
    [InlineData("https://files.example.co.jp")]
    [InlineData("https://files.azurewebsites.example.co.jp")]
    [InlineData("https://notazurewebsites.net")]
    [InlineData("https://ファイル.example.co.jp")]
    public void Takes_an_HTTPS_host_of_ones_own(string host) => Failure("Production", host).ShouldBeEmpty();

    [Fact]
    public void Takes_HTTP_and_a_life_of_seconds_in_Development() =>
        Failure("Development", "http://127.0.0.1:7071", TimeSpan.FromSeconds(2)).ShouldBeEmpty();

    [Theory]
    [InlineData("http://files.example.co.jp", "HTTPS")]
    [InlineData("https://contoso.azurewebsites.net", "name of your own")]
    [InlineData("https://contoso.azurewebsites.net.", "name of your own")]
    [InlineData("https://CONTOSO-abc123.japaneast-01.AzureWebsites.net/files", "name of your own")]
    [InlineData("https://contoso.azurefd.net", "name of your own")]
    [InlineData("https://contoso.z01.azurefd.net", "name of your own")]
    [InlineData("https://contoso.kindhill-1.japaneast.azurecontainerapps.io", "name of your own")]
    [InlineData("https://contoso.trafficmanager.net", "name of your own")]
    [InlineData("https://contoso.japaneast.cloudapp.azure.com", "name of your own")]
    [InlineData("https://contoso.azureedge.net", "name of your own")]
    [InlineData("https://contoso.azure-api.net", "name of your own")]
    [InlineData("https://contoso.z11.web.core.windows.net", "name of your own")]
    [InlineData("https://contoso.blob.core.windows.net", "name of your own")]
    [InlineData("https://localhost", "name of your own")]
    [InlineData("https://192.0.2.1", "name of your own")]
    [InlineData("https://[2001:db8::1]", "name of your own")]
    [InlineData("https://fileserver", "name of your own")]
    [InlineData("https://files.example.co.jp/?x=1", "without query")]
    [InlineData("https://user@files.example.co.jp/", "without query")]
    [InlineData("ftp://files.example.co.jp/", "base URL")]
    [InlineData("/d", "base URL")]
    public void Refuses_other_hosts_in_production(string host, string because)
    {
        var failure = Failure("Production", host);

        failure.ShouldContain("Links:Host");
        failure.ShouldContain(because);
    }

    [Theory]
    [InlineData("00:59:59")]
    [InlineData("93.00:00:01")]
    public void Refuses_lives_out_of_range_in_production(string life) =>
        Failure("Production", life: TimeSpan.Parse(life)).ShouldContain("Links:Life");

    [Theory]
    [InlineData(true, 7, 3)]
    [InlineData(false, 7, 7)]
    [InlineData(true, 1, 1)]
    public void Links_of_domains_without_TLS_live_for_three_days_at_most(bool hasNoTls, int days, int expected) =>
        new LinkOptions { Life = TimeSpan.FromDays(days) }
            .LifeOf(new LinkCause("starttls-not-offered", hasNoTls))
            .ShouldBe(TimeSpan.FromDays(expected));

    [Fact]
    public void Refuses_a_company_name_of_two_lines() =>
        Failure("Production", company: "A\r\nBcc: x@y.example").ShouldContain("Links:CompanyName");

    [Theory]
    [InlineData("https://files.example.co.jp", "https://files.example.co.jp/d/")]
    [InlineData("https://example.co.jp/files/", "https://example.co.jp/files/d/")]
    public void The_landing_page_stands_below_the_host(string host, string start)
    {
        var token = LinkToken.New();

        new LinkOptions { Host = new Uri(host) }
            .UrlOf(token)
            .AbsoluteUri.ShouldBe(start + token.Text);
    }

    private static string Failure(
        string environment,
        string host = "https://files.example.co.jp",
        TimeSpan? life = null,
        string company = "Sample"
    )
    {
        var check = new LinkOptionsCheck(new HostingEnvironment { EnvironmentName = environment });
        var options = new LinkOptions
        {
            Host = new Uri(host, UriKind.RelativeOrAbsolute),
            CompanyName = company,
            Life = life ?? TimeSpan.FromDays(7),
        };
        return string.Join('\n', check.Validate(name: null, options).Failures ?? []);
    }
}
