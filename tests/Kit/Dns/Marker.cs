using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>Questions of the Kit's own, by which it sees how far the server is.</summary>
internal static class Marker
{
    public const string Suffix = ".marker.kit.invalid";

    /// <summary>Asks over UDP, every 20 ms while nothing comes back.</summary>
    public static async Task AskUntilAsync(IPEndPoint server, string name, CancellationToken answered)
    {
        // Not connected: while the server is not yet there, a connected socket would report it.
        using var udp = new UdpClient(server.AddressFamily);
        while (!answered.IsCancellationRequested)
        {
            await udp.SendAsync(Query(name), server, CancellationToken.None);
            await Task.Delay(20, answered).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static byte[] Query(string name) =>
        [
            .. new byte[] { 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 },
            .. name.Split('.').SelectMany(l => (byte[])[(byte)l.Length, .. Encoding.ASCII.GetBytes(l)]),
            .. new byte[] { 0, 0, 16, 0, 1 },
        ];
}
