using System.Globalization;
using System.Net.Sockets;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Scanning;

/// <summary>Debian's clamd on loopback, knowing the EICAR test file alone.</summary>
public sealed class Clamd : IAsyncDisposable
{
    private readonly Child _child;

    private Clamd(Child child, int port) => (_child, Port) = (child, port);

    public int Port { get; }

    /// <summary>The test file of eicar.org; put together here, so that this source is not taken for it.</summary>
    public static string Eicar => @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + "!$H+H*";

    public static async Task<Clamd> StartAsync(TempFolder folder)
    {
        var port = Loopback.FreePort();
        var database = folder.Folder("clamd", "database");
        // MD5, size and name (hand-made).
        await File.WriteAllTextAsync(
            Path.Combine(database, "test.hdb"),
            "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n"
        );
        var file = folder.File("clamd", "clamd.conf");
        await File.WriteAllTextAsync(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {database}\nStreamMaxLength 1M\nAlertEncrypted yes\nUser root\n"
            )
        );
        var clamd = new Clamd(Child.Start("clamd", ["clamd", "--config-file", file], folder: database), port);
        await Eventually.BeTrueAsync(clamd.Answers, TimeSpan.FromSeconds(30), () => clamd._child.Output.Text);
        return clamd;
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
