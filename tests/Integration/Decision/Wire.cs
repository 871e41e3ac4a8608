using System.Net;
using System.Text;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>Everything that was sent to the mail servers of a world, read off the wire by tcpdump.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Child _tcpdump;
    private readonly string _file;

    private Wire(Child tcpdump, string file) => (_tcpdump, _file) = (tcpdump, file);

    public static async Task<Wire> ListenAsync(TestWorld world)
    {
        var file = world.Folder.File("wire", $"{Guid.NewGuid():n}.pcap");
        var net = string.Join('.', world.Loopback.NextAddress().ToString().Split('.')[..3]);
        var tcpdump = Child.Start(
            "tcpdump",
            [
                .. "tcpdump -i lo -n -U --immediate-mode -Z root -B 65536 -w".Split(' '),
                file,
                $"tcp and dst net {net}.0/24 and dst port {world.Loopback.Port}",
            ]
        );
        await tcpdump.WaitForLineAsync(l => l.Contains("listening on lo", StringComparison.Ordinal));
        return new Wire(tcpdump, file);
    }

    /// <summary>Waits until the text has been sent to the address: what crossed before it is recorded too.</summary>
    public Task WaitForAsync(IPAddress address, string text) =>
        Eventually.BeTrueAsync(() => TextTo(address).Contains(text, StringComparison.Ordinal));

    /// <summary>All that was sent to the address, connection after connection, one character per byte, encrypted or not.</summary>
    public string TextTo(IPAddress address) =>
        string.Concat(
            Segments(File.ReadAllBytes(_file))
                .Where(s => s.To.Equals(address))
                .GroupBy(s => s.Flow, StringComparer.Ordinal)
                .Select(flow =>
                    string.Concat(flow.DistinctBy(s => s.Sequence).OrderBy(s => s.Sequence).Select(s => s.Text))
                )
        );

    /// <summary>Ends the recording; fails where the kernel lost something of it.</summary>
    public async Task StopAsync()
    {
        await _tcpdump.StopAsync();
        _tcpdump.Output.Lines.ShouldContain(
            l => l.EndsWith("0 packets dropped by kernel", StringComparison.Ordinal) && l[0] == '0',
            $"The recording is not complete, run the test again on a less busy machine:\n{_tcpdump.Output.Text}"
        );
    }

    public ValueTask DisposeAsync() => _tcpdump.DisposeAsync();

    /// <summary>Ethernet, IPv4, TCP, in a file of pcap's classic format, little-endian as this machine.</summary>
    private static IEnumerable<Segment> Segments(byte[] file)
    {
        const int FileHeader = 24;
        const int RecordHeader = 16;
        const int Ethernet = 14;
        for (var at = FileHeader; at + RecordHeader <= file.Length; )
        {
            var length = BitConverter.ToInt32(file, at + 8);
            var ip = at + RecordHeader + Ethernet;
            at += RecordHeader + length;
            if (at > file.Length)
            {
                yield break; // tcpdump is just writing it
            }

            var tcp = ip + ((file[ip] & 0xf) * 4);
            var data = tcp + ((file[tcp + 12] >> 4) * 4);
            if (data < at)
            {
                yield return new Segment(
                    new IPAddress(file.AsSpan(ip + 16, 4)),
                    Convert.ToHexString(file, tcp, 2) + Convert.ToHexString(file, ip + 12, 8),
                    System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(tcp + 4)),
                    Encoding.Latin1.GetString(file, data, at - data)
                );
            }
        }
    }

    private sealed record Segment(IPAddress To, string Flow, uint Sequence, string Text);
}
