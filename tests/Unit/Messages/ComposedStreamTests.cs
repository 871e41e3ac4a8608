using System.Text;
using CsCheck;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class ComposedStreamTests
{
    private static readonly Gen<(byte[][] Texts, byte[][] Files)> Messages = Gen.Select(
        Gen.Byte.Array[0, 90].Array[1, 5],
        Gen.Byte.Array[0, 200].Array[0, 4]
    );

    [Fact]
    public void Gives_the_message_with_its_files_as_base64_lines_wherever_it_is_read_from()
    {
        Gen.Select(Messages, Gen.Int[0, 2000], Gen.Int[1, 300])
            .Sample(
                (message, seek, size) =>
                {
                    var (texts, files) = message;
                    files = files[..Math.Min(files.Length, texts.Length - 1)];
                    var expected = Whole(texts, files);
                    using var stream = Composed(texts, files);
                    stream.Length.ShouldBe(expected.Length);

                    stream.Position = Math.Min(seek, expected.Length);
                    ReadAll(stream, size).ShouldBe(expected[(int)Math.Min(seek, expected.Length)..]);
                    stream.Position = 0;
                    ReadAll(stream, size).ShouldBe(expected);
                },
                iter: 2000
            );
    }

    [Fact]
    public async Task Without_its_uploads_it_is_what_the_blob_holds()
    {
        await using var stream = Composed(["head"u8.ToArray(), "tail"u8.ToArray()], [new byte[100]]);

        using var text = new StreamReader(stream.WithoutUploads());

        (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("headtail");
    }

    [Fact]
    public async Task Long_files_are_read_asynchronously_line_by_line()
    {
        var file = new byte[57 * 512 * 3 + 1];
        Random.Shared.NextBytes(file);
        await using var stream = Composed(["a"u8.ToArray(), "z"u8.ToArray()], [file]);
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy, 77, TestContext.Current.CancellationToken);

        copy.ToArray().ShouldBe(Whole(["a"u8.ToArray(), "z"u8.ToArray()], [file]));
    }

    [Fact]
    public void A_file_that_became_shorter_breaks_the_reading()
    {
        using var source = new MemoryStream("ab"u8.ToArray());
        using var stream = new ComposedStream(
            source,
            0,
            [new UploadPart(1, "f", 100)],
            [new MemoryStream(new byte[99])]
        );

        Should.Throw<PermanentFault>(() => ReadAll(stream, 50));
    }

    [Fact]
    public void What_a_message_is_made_of_stands_before_it_and_no_message_begins_so()
    {
        UploadPart[] parts = [new(12, "2026010909/x/u-1-0", 99)];
        var written = Composition.Write(parts);

        Composition.IsAt(written).ShouldBeTrue();
        Composition.IsAt("From: a@b.example\r\n"u8).ShouldBeFalse();
        var (read, begin) = Composition.Read([.. written, .. "From:"u8]);
        read.ShouldBe(parts);
        begin.ShouldBe(written.Length);
        Should.Throw<InvalidDataException>(() => Composition.Read(written.AsSpan(..^1)));
    }

    private static byte[] Whole(byte[][] texts, byte[][] files) =>
        [.. texts.SelectMany((text, n) => n == 0 ? text : [.. Lines(files.ElementAtOrDefault(n - 1) ?? []), .. text])];

    private static byte[] Lines(byte[] file) =>
        file.Length == 0
            ? []
            : Encoding.ASCII.GetBytes(
                Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n")
                    + "\r\n"
            );

    private static ComposedStream Composed(byte[][] texts, byte[][] files)
    {
        List<UploadPart> parts = [];
        for (var n = 0; n < files.Length; n++)
        {
            parts.Add(new UploadPart(texts.Take(n + 1).Sum(text => (long)text.Length), $"f{n}", files[n].Length));
        }

        byte[] start = "mark"u8.ToArray();
        return new ComposedStream(
            new MemoryStream([.. start, .. texts.SelectMany(text => text)]),
            start.Length,
            parts,
            [.. files.Select(file => new MemoryStream(file))]
        );
    }

    private static byte[] ReadAll(Stream stream, int size)
    {
        using var all = new MemoryStream();
        var buffer = new byte[size];
        while (stream.Read(buffer, 0, size) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
