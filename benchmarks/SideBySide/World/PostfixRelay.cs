using System.Diagnostics;
using System.Net;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Benchmarks.World;

/// <summary>A Postfix that hands everything it is given to one server over TLS, and does not without (<c>encrypt</c>).</summary>
internal sealed class PostfixRelay : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Child _child;
    private readonly int _port;
    private int _master;
    private int _sent;

    private PostfixRelay(TempFolder folder, Child child, int port) => (_folder, _child, _port) = (folder, child, port);

    public static async Task<PostfixRelay> StartAsync(IPEndPoint next)
    {
        var (folder, port) = (new TempFolder(), Loopback.FreePort());
        var files = new PostfixFiles(folder);
        await files.MakeAsync();
        await files.WriteServicesAsync(
            $"127.0.0.1:{port} inet n - n - 500 smtpd\nsmtp unix - - n - - smtp\nrelay unix - - n - - smtp\n"
        );
        await File.AppendAllTextAsync(
            Path.Combine(files.Configuration, "main.cf"),
            $"""
            virtual_mailbox_domains =
            relayhost = [{next.Address}]:{next.Port}
            smtp_tls_security_level = encrypt
            smtp_tls_loglevel = 0
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_recipient_restrictions = permit_mynetworks, reject
            mynetworks = 127.0.0.0/8

            """
        );
        var child = Child.StartGuarded(
            "Postfix",
            ["/usr/lib/postfix/sbin/master", "-c", files.Configuration, "-d", "-s"]
        );
        var relay = new PostfixRelay(folder, child, port);
        var started = await child.WaitForLineAsync(l => l.Contains("daemon started", StringComparison.Ordinal));
        relay._master = int.Parse(started.Split('[', ']')[1]);
        return relay;
    }

    /// <summary>Hands over so many messages by smtp-source and waits until the next server has taken them.</summary>
    /// <returns>Messages a second, and processor seconds of all its processes for each message.</returns>
    public async Task<(double Rate, double Seconds)> SendAsync(int count, int clients, int bytes, string recipient)
    {
        var (before, clock) = (ProcessorTime.OfTree(_master), Stopwatch.StartNew());
        var source =
            $"smtp-source -s {clients} -m {count} -l {bytes} -f {BenchWorld.Sender} -t {recipient} 127.0.0.1:{_port}";
        await Child.RunAsync("/tmp", source.Split(' '));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (seen, all) = (0, _sent += count);
        await _child.Output.WaitForAsync(l => IsSent(l) && ++seen == all, patience.Token);
        return (count / clock.Elapsed.TotalSeconds, (ProcessorTime.OfTree(_master) - before) / count);
    }

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        _folder.Dispose();
    }

    private static bool IsSent(string line) =>
        line.Contains("status=sent", StringComparison.Ordinal)
        || (
            line.Contains("status=", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"Postfix could not send: {line}")
                : false
        );
}
