using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>The rows of the table that no real server shows.</summary>
internal static class RealServerScripts
{
    private const string Linked = "LLL";
    private const string Deferred = "DDD";

    public static void AddTo(RealServerWorld table, PrivateAuthority authority) =>
        table
            .Scripted(
                new("requiretls.test", "REQUIRETLS offered", TlsLevel.Verified, "verified", "TTL"),
                ScriptedPeer.Ordinary(authority.Issue("mx.requiretls.test"), "REQUIRETLS")
            )
            .Scripted(
                new("busy.test", "421 rate limit", TlsLevel.Unknown, "busy", Deferred),
                talk => talk.SendAsync("421 4.7.0 slow down\r\n")
            )
            .Scripted(
                new("dropped.test", "closes after the greeting", TlsLevel.Unknown, "dropped", Deferred),
                async talk =>
                {
                    await talk.SendAsync("220 a\r\n");
                    await talk.ReadLineAsync();
                }
            )
            .Scripted(
                new("injected.test", "clear bytes after the 220", TlsLevel.None, "starttls-injection", Linked),
                async talk =>
                {
                    await talk.GreetAsync("250 STARTTLS");
                    await talk.ReadLineAsync();
                    await talk.SendAsync("220 go\r\n250 injected\r\n");
                    await talk.ReadLineAsync();
                }
            )
            .Scripted(
                new("stripped.test", "STARTTLS refused by 502", TlsLevel.None, "starttls-refused", Linked),
                async talk =>
                {
                    await talk.GreetAsync("250 STARTTLS");
                    await talk.ReadLineAsync();
                    await talk.SendAsync("502 no\r\n");
                    await talk.ReadLineAsync();
                }
            )
            .Scripted(
                new("endless.test", "endless EHLO reply", TlsLevel.Unknown, "too-much-data", Deferred),
                async talk =>
                {
                    await talk.GreetAsync("250-MORE");
                    while (true)
                    {
                        await talk.SendAsync("250-MORE\r\n250-MORE\r\n250-MORE\r\n250-MORE\r\n");
                    }
                }
            )
            .Scripted(
                new("drip.test", "a byte every 300 ms", TlsLevel.Unknown, "timeout", Deferred),
                async talk =>
                {
                    for (var i = 0; ; i++)
                    {
                        await talk.SendAsync("220-"[Math.Min(i, 3)].ToString());
                        await Task.Delay(300, talk.Stop);
                    }
                }
            );
}
