using System.Buffers;
using System.Text;

namespace TlsOrLink.Smtp;

/// <summary>What came is no SMTP reply.</summary>
internal sealed class NotSmtpException() : IOException("The peer's reply is no SMTP reply.");

/// <summary>The peer closed the connection.</summary>
internal sealed class PeerClosedException() : IOException("The peer closed the connection.");

/// <summary>Reads replies one by one, however they are cut into packets (RFC 5321 section 4.2.1). Bounded by the stream's own cap.</summary>
internal sealed class ReplyReader(Stream stream)
{
    private const int MaxText = 512;
    private const int MaxLine = 4096;
    private static readonly SearchValues<char> EnhancedCharacters = SearchValues.Create("0123456789.");
    private readonly byte[] _buffer = new byte[MaxLine];
    private int _start;
    private int _end;

    /// <summary>The next reply.</summary>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellation) =>
        (await ReadLinesAsync(cancellation)).Reply;

    /// <summary>The next reply with the text of each of its lines.</summary>
    public async Task<(SmtpReply Reply, IReadOnlyList<string> Lines)> ReadLinesAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellation);
            var (code, more) = Head(line);
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (!more)
            {
                return (Make(code, string.Join(' ', lines)), lines);
            }
        }
    }

    private static (int Code, bool More) Head(string line) =>
        line.Length >= 3
        && line[0] is >= '2' and <= '5'
        && char.IsAsciiDigit(line[1])
        && char.IsAsciiDigit(line[2])
        && (line.Length == 3 || line[3] is ' ' or '-')
            ? (((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0', line.Length > 3 && line[3] == '-')
            : throw new NotSmtpException();

    private static SmtpReply Make(int code, string text)
    {
        var clean = string.Concat(text.Where(c => !char.IsControl(c)).Take(MaxText));
        var first = clean.AsSpan();
        var space = first.IndexOf(' ');
        first = space < 0 ? first : first[..space];
        return new SmtpReply(code, IsEnhanced(first, code) ? first.ToString() : null, clean);
    }

    private static bool IsEnhanced(ReadOnlySpan<char> word, int code)
    {
        var parts = word.Count('.');
        return parts == 2
            && word.Length is >= 5 and <= 9
            && word[0] == (char)('0' + (code / 100))
            && word[1] == '.'
            && word[^1] != '.'
            && !word.Contains("..", StringComparison.Ordinal)
            && word.IndexOfAnyExcept(EnhancedCharacters) < 0;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, feed).TrimEnd('\r');
                _start += feed + 1;
                return line;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
            {
                throw new NotSmtpException();
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _end += read == 0 ? throw new PeerClosedException() : read;
        }
    }
}
