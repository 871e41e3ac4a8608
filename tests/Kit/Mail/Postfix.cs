using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>
/// One Postfix with as many mail servers as a test wants, each at an address of its own and all on the world's SMTP
/// port. Needs root, as Postfix does.
/// </summary>
public sealed class Postfix : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<PostfixServer, string> _servers = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly PostfixFiles _files;
    private readonly TempFolder _folder;
    private readonly PrivateAuthority _authority;
    private readonly Loopback _loopback;
    private readonly Child _child;
    private int _master;

    private Postfix(PostfixFiles files, TempFolder folder, PrivateAuthority authority, Loopback loopback)
    {
        (_files, _folder, _authority, _loopback) = (files, folder, authority, loopback);
        _child = Child.StartGuarded("Postfix", ["/usr/lib/postfix/sbin/master", "-c", files.Configuration, "-d", "-s"]);
    }

    /// <summary>Postfix's log, for messages and for what the servers do not show themselves.</summary>
    public Output Log => _child.Output;

    internal int Port => _loopback.Port;

    public static async Task<Postfix> StartAsync(TempFolder folder, PrivateAuthority authority, Loopback loopback)
    {
        var files = new PostfixFiles(folder);
        await files.MakeAsync();
        var postfix = new Postfix(files, folder, authority, loopback);
        var started = await postfix._child.WaitForLineAsync(l =>
            l.Contains("daemon started", StringComparison.Ordinal)
        );
        postfix._master = int.Parse(started.Split('[', ']')[1], CultureInfo.InvariantCulture);
        return postfix;
    }

    /// <summary>Adds a server and waits until it answers.</summary>
    public async Task<PostfixServer> AddAsync(string hostName, MailFlavour flavour = MailFlavour.Good) =>
        (await AddAsync(new Dictionary<string, MailFlavour> { [hostName] = flavour }))[0];

    /// <summary>Adds several servers at once, by their host names; in the order given.</summary>
    public async Task<IReadOnlyList<PostfixServer>> AddAsync(IReadOnlyDictionary<string, MailFlavour> flavours)
    {
        var added = flavours.Select(f => new PostfixServer(this, f.Key, _loopback.NextAddress(), f.Value)).ToList();
        await ChangeAsync(() => added.ForEach(s => _servers[s] = Line(s)), added, listening: true);
        return added;
    }

    /// <summary>Every mail delivered so far by any of the servers, oldest first.</summary>
    public IReadOnlyList<DeliveredMail> GetMail() =>
        Directory.Exists(_files.Inbox)
            ?
            [
                .. new DirectoryInfo(_files.Inbox)
                    .GetFiles()
                    .OrderBy(f => f.LastWriteTimeUtc)
                    .Select(f => DeliveredMail.Read(f.FullName)),
            ]
            : [];

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        _one.Dispose();
    }

    /// <summary>Takes the server away, so that none of its old processes is left, and puts it up anew.</summary>
    internal async Task RestartAsync(PostfixServer server)
    {
        await ChangeAsync(() => _servers.TryRemove(server, out _), [server], listening: false);
        await ChangeAsync(() => _servers[server] = Line(server), [server], listening: true);
    }

    internal Task StopAsync(PostfixServer server) =>
        ChangeAsync(() => _servers.TryRemove(server, out _), [server], listening: false);

    private async Task ChangeAsync(Action change, IEnumerable<PostfixServer> changed, bool listening)
    {
        await _one.WaitAsync();
        try
        {
            change();
            await _files.WriteServicesAsync(string.Concat(_servers.Values));
            var told = Tell();
            foreach (var server in changed)
            {
                await Eventually.GetAsync(
                    async () =>
                    {
                        if (await AnswersAsync(server) == listening)
                        {
                            return "";
                        }

                        if (_child.HasExited)
                        {
                            throw new InvalidOperationException($"Postfix has ended, and said:\n{_child.Output.Text}");
                        }

                        // What it is told while it still follows what it was told before it may leave until something else happens.
                        told = told.Elapsed < Again ? told : Tell();
                        return null;
                    },
                    otherwise: () => $"Postfix says:\n{_child.Output.Text}"
                );
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Has Postfix read its files anew.</summary>
    private Stopwatch Tell()
    {
        Child.Send(_master, Signal.Hangup);
        return Stopwatch.StartNew();
    }

    /// <returns>Null where it is just coming or going.</returns>
    private async Task<bool?> AnswersAsync(PostfixServer server)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var gaveUp = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await socket.ConnectAsync(server.Address, Port, gaveUp.Token);
            return await socket.ReceiveAsync(new byte[512], gaveUp.Token) > 0 ? true : null;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? false : null;
        }
    }

    private string Line(PostfixServer server) => SmtpdLine.For(server, _folder, _authority, Port);
}
