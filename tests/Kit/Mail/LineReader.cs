using System.Text;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>Reads lines, and records every byte read, those of an unfinished line too.</summary>
internal sealed class LineReader(Stream stream, Recording recording)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <returns>A line without its end, one character per byte; null when the client has hung up.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancelled)
    {
        var line = new StringBuilder();
        for (; ; )
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var found = rest.IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(found < 0 ? rest : rest[..found]));
            _start += found < 0 ? rest.Length : found + 1;
            if (found >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }

            (_start, _end) = (0, await stream.ReadAsync(_buffer, cancelled));
            if (_end == 0)
            {
                return null;
            }

            recording.Add(_buffer.AsSpan(0, _end));
        }
    }
}
