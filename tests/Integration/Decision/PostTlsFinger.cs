using System.Globalization;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>Postfix's posttls-finger, with a resolver of the world's in a mount namespace of its own.</summary>
internal sealed class PostTlsFinger(TestWorld world, string resolvConf, string config, string authority)
{
    private const string Script =
        "mount --bind \"$1\" /etc/resolv.conf && export MAIL_CONFIG=\"$2\" && shift 2 && exec posttls-finger \"$@\"";

    private static readonly string[] NoAnswer =
    [
        "Destination address lookup failed",
        "Failed to establish session",
        "timeout while",
    ];

    public static async Task<(PostTlsFinger Finger, UdpRelay Relay)> StartAsync(TestWorld world)
    {
        var address = world.Loopback.NextAddress();
        var relay = new UdpRelay(address, (await world.Dns).EndPoint);
        var (resolvConf, authority) = (
            world.Folder.File("finger", "resolv.conf"),
            world.Folder.File("finger", "ca.pem")
        );
        await File.WriteAllTextAsync(
            resolvConf,
            $"nameserver {address}\noptions trust-ad edns0 timeout:5 attempts:1\n"
        );
        await File.WriteAllTextAsync(authority, world.Authority.Pem);
        // A machine whose Postfix was installed without configuration has no main.cf, and the program wants one.
        var config = world.Folder.File("finger-config", "main.cf");
        await File.WriteAllTextAsync(config, "compatibility_level = 3.6\n");
        return (new PostTlsFinger(world, resolvConf, Path.GetDirectoryName(config)!, authority), relay);
    }

    /// <summary>Whether it would take a domain's server for proven; null where it cannot say.</summary>
    /// <param name="level"><c>dane</c>: by TLSA records alone, with no authority trusted. <c>secure</c>: by the world's authority, for the MX host's name.</param>
    public async Task<bool?> AskAsync(string level, string domain)
    {
        var text = await RunAsync(
            level == "dane" ? ["-l", "dane"] : ["-l", "secure", "-F", authority],
            string.Create(CultureInfo.InvariantCulture, $"{domain}:{world.Loopback.Port}"),
            level == "dane" ? [] : ["hostname"]
        );
        return text.Contains(": Verified TLS connection established", StringComparison.Ordinal) ? true
            : NoAnswer.Any(words => text.Contains(words, StringComparison.Ordinal)) ? null
            : false;
    }

    private async Task<string> RunAsync(string[] level, string destination, string[] match)
    {
        await using var child = Child.Start(
            "posttls-finger",
            [
                .. "unshare -m sh -c".Split(' '),
                Script,
                "sh",
                resolvConf,
                config,
                .. "-c -t 5 -T 5 -L summary -o dnssec_probe=".Split(' '),
                .. level,
                destination,
                .. match,
            ]
        );
        var text = await child.WaitForExitAsync(Eventually.Patience);
        return text.Contains("usage: posttls-finger", StringComparison.Ordinal)
            ? throw new InvalidOperationException(text)
            : text;
    }
}
