using System.Text;
using BenchmarkDotNet.Attributes;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Benchmarks.Micro;

/// <summary>What intake and link mails do with a megabyte.</summary>
public class Contents
{
    private const int Bytes = 1_000_000;
    private const int Piece = 16 * 1024;

    private readonly byte[] _file = new byte[Bytes];
    private byte[] _base64 = [];
    private byte[] _message = [];

    [GlobalSetup]
    public void SetUp()
    {
        Random.Shared.NextBytes(_file);
        _base64 = Encoding.ASCII.GetBytes(Convert.ToBase64String(_file));
        var lines = Convert.ToBase64String(_file, Base64FormattingOptions.InsertLineBreaks);
        _message = Encoding.ASCII.GetBytes(
            $"""
            From: hanako@sender.example
            Subject: Quotation
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_mail"

            --=_mail
            Content-Type: text/plain; charset=UTF-8

            Attached.
            --=_mail
            Content-Type: application/octet-stream; name="quotation.bin"
            Content-Disposition: attachment; filename="quotation.bin"
            Content-Transfer-Encoding: base64

            {lines}
            --=_mail--

            """.ReplaceLineEndings("\r\n")
        );
    }

    [Benchmark(Description = "decode 1 MB of base64 in pieces and write it in lines")]
    public async Task<long> Base64Async()
    {
        var input = new Base64Input();
        var lines = new Base64Lines(new StagedSection((_, _) => Task.FromResult("")));
        for (var at = 0; at < _base64.Length; at += Piece)
        {
            var piece = _base64.AsSpan(at, Math.Min(Piece, _base64.Length - at));
            if (!input.TryDecode(piece, out var decoded))
            {
                throw new InvalidOperationException("This is base64.");
            }

            await lines.WriteAsync(decoded, default);
        }

        await lines.EndAsync(default);
        return lines.Bytes;
    }

    [Benchmark(Description = "take the file out of a message of 1 MB")]
    public async Task<int> StripAsync()
    {
        using var stream = new MemoryStream(_message);
        using var apart = await TakenApart.OfAsync(stream, maxFiles: 10, default);
        return apart.Files!.Count;
    }

    [Benchmark(Description = "make the line ends of 1 MB CRLF and filter its header")]
    public int Lines()
    {
        var (ends, filter, length) = (new CrLf(), new HeaderFilter(), 0);
        for (var at = 0; at < _message.Length; at += Piece)
        {
            var piece = _message.AsSpan(at, Math.Min(Piece, _message.Length - at));
            length += filter.Next(ends.Next(piece)).Length;
        }

        return length + filter.End().Length;
    }
}
