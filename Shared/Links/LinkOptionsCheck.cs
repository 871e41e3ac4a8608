using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>The rules of <see cref="LinkOptions"/> that depend on the environment.</summary>
internal sealed class LinkOptionsCheck(IHostEnvironment environment) : IValidateOptions<LinkOptions>
{
    /// <summary>Default names of the platform: anybody can have one, so recipients cannot learn to trust it.</summary>
    private static readonly string[] PlatformHosts =
    [
        ".azurewebsites.net",
        ".azurewebsites.us",
        ".chinacloudsites.cn",
        ".azurefd.net",
        ".azureedge.net",
        ".azurecontainerapps.io",
        ".azurecontainer.io",
        ".azurestaticapps.net",
        ".azure-api.net",
        ".trafficmanager.net",
        ".cloudapp.azure.com",
        ".cloudapp.net",
        ".windows.net",
    ];

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, LinkOptions options)
    {
        var failures = HostFailures(options.Host)
            .Concat(LifeFailures(options.Life))
            .Concat(CodeFailures(options))
            .Concat(ModeFailures(options));
        return failures.Concat(CompanyFailures(options.CompanyName)).ToList() is { Count: > 0 } all
            ? ValidateOptionsResult.Fail(all)
            : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> HostFailures(Uri? host)
    {
        if (host is not { IsAbsoluteUri: true, Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" })
        {
            yield return "Links:Host must be the base URL of the landing pages, such as https://files.example.co.jp, without query.";
            yield break;
        }

        if (environment.IsDevelopment())
        {
            yield break;
        }

        if (!string.Equals(host.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            yield return "Links:Host must be HTTPS outside Development: whoever reads the URL on its way has the files.";
        }

        if (!IsOwnName(host))
        {
            yield return "Links:Host must be a name of your own, such as files.example.co.jp, not the platform's default and no address: recipients judge a link by its name.";
        }
    }

    /// <summary>A name with a domain of its own (RFC 1034 section 3.1: the last dot changes nothing), that no platform hands out to anybody.</summary>
    private static bool IsOwnName(Uri host)
    {
        var name = host.IdnHost.TrimEnd('.');
        return host.HostNameType == UriHostNameType.Dns
            && name.Contains('.', StringComparison.Ordinal)
            && !PlatformHosts.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<string> LifeFailures(TimeSpan life)
    {
        var least = environment.IsDevelopment() ? TimeSpan.FromTicks(1) : LinkOptions.MinLife;
        if (life < least || life > LinkOptions.MaxLife)
        {
            yield return "Links:Life must lie between 01:00:00 (above zero in Development) and 93.00:00:00.";
        }
    }

    private static IEnumerable<string> CodeFailures(LinkOptions options)
    {
        if (options.AccessCode == AccessCodeKind.Given)
        {
            yield return "Links:AccessCode must be None, Generated, Passphrase or Mail: a code that is given belongs to one message.";
        }
    }

    private static IEnumerable<string> ModeFailures(LinkOptions options)
    {
        if (options.Mode != LinkMode.Sas)
        {
            yield break;
        }

        if (options.AccessCode != AccessCodeKind.None)
        {
            yield return "Links:Mode = Sas names storage addresses in mails, before which no code can be asked for: set Links:AccessCode to None.";
        }

        if (options.MaxDownloads is not null)
        {
            yield return "Links:Mode = Sas names storage addresses in mails, whose downloads nobody counts: do not set Links:MaxDownloads.";
        }

        if (options.Bytes == LinkBytes.SameHost)
        {
            yield return "Links:Mode = Sas names storage addresses in mails: set Links:Bytes to Sas.";
        }

        if (options.Life > LinkModeRules.MaxSasLife)
        {
            yield return "Links:Mode = Sas names storage addresses in mails, which live for at most 7 days: set Links:Life to 7.00:00:00 or less.";
        }
    }

    private static IEnumerable<string> CompanyFailures(string company)
    {
        if (company.Any(char.IsControl))
        {
            yield return "Links:CompanyName must be one line without control characters.";
        }
    }
}
