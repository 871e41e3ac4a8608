using System.Text;
using CsCheck;
using TlsOrLink.Screening;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>Files made to harm whoever reads them: nothing is thrown, and memory stays bounded.</summary>
public sealed class HostileTests
{
    private const long MaxAllocated = 1_200_000_000;

    [Fact]
    public void A_bomb_of_zeros_is_not_inflated()
    {
        var bomb = Files.Zip(("a.txt", new byte[200_000_000]));
        bomb.Length.ShouldBeLessThan(1_000_000);

        var facts = Bounded(() => Sample.OfFile("a.zip", bomb));

        facts.Files.ShouldContain(file => file.NotRead);
    }

    [Fact]
    public void Zips_of_zips_of_zips_end()
    {
        // Like 42.zip: sixteen copies in each of six layers.
        var zip = Files.Zip(("a.txt", new byte[1_000_000]));
        for (var layer = 0; layer < 6; layer++)
        {
            var content = zip;
            zip = Files.Zip([.. Enumerable.Range(0, 16).Select(i => ($"{i}.zip", content))]);
        }

        var facts = Bounded(() => Sample.OfFile("42.zip", zip));

        facts.Files.ShouldContain(file => file.NotRead);
        facts.Files.Count.ShouldBeLessThanOrEqualTo(new ScreeningOptions().MaxEntries + 10);
    }

    [Fact]
    public void Tens_of_thousands_of_entries_are_not_listed()
    {
        var zip = Files.Zip([.. Enumerable.Range(0, 70_000).Select(i => ($"{i}", ""))]);

        Bounded(() => Sample.OfFile("a.zip", zip)).Files.Single().NotRead.ShouldBeTrue();
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"社外秘\"><!ENTITY b \"&a;&a;&a;\">]><w:t>&b;</w:t>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><w:t>&x;</w:t>")]
    public void Entities_are_not_expanded(string xml) =>
        Bounded(() => Sample.OfFile("a.docx", Files.Docx(xml))).Files.Count.ShouldBe(1);

    [Theory]
    [InlineData("<a>", 2_000_000)]
    [InlineData("<a b='", 1_000_000)]
    [InlineData(" b=\"1\"", 1_500_000)]
    [InlineData("<!--", 1_000_000)]
    [InlineData("<![CDATA[", 500_000)]
    [InlineData("&", 2_000_000)]
    [InlineData("x", 20_000_000)]
    [InlineData("123456789018 ", 300_000)]
    public void Huge_xml_is_read_in_little_memory(string piece, int times)
    {
        var xml = new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();
        var (docx, bytes) = (Files.Docx(xml), Encoding.UTF8.GetBytes(xml));

        Bounded(() => Sample.OfFile("a.docx", docx));
        Bounded(() => Sample.OfFile("a.xml", bytes));
    }

    [Fact]
    public async Task Deeply_nested_messages_end()
    {
        var mail = Files.Mail("inner", "x");
        for (var depth = 0; depth < 6; depth++)
        {
            mail = Files.Mail("outer", "x", "inner.zip", Files.Zip(("inner.eml", mail)));
        }

        (await Sample.OfMessage(mail)).Files.ShouldContain(file => file.NotRead);

        var multiparts = new StringBuilder("Subject: x\r\n");
        for (var depth = 0; depth < 5000; depth++)
        {
            multiparts.Append($"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n");
        }

        await Sample.OfMessage(Encoding.ASCII.GetBytes(multiparts.ToString()));
    }

    [Fact]
    public async Task Too_many_parts_are_not_read()
    {
        var parts = string.Concat(Enumerable.Repeat("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n", 20_000));
        var facts = await Sample.OfMessage(
            Encoding.ASCII.GetBytes($"Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}")
        );
        facts.IsCut.ShouldBeTrue();
    }

    [Fact]
    public void Random_bytes_behind_any_begin_do_no_harm()
    {
        byte[][] begins =
        [
            [],
            Files.Zip(("a.txt", "x")),
            Files.Docx("<w:t>x</w:t>"),
            Files.Gzip([1, 2, 3]),
            [.. "Rar!\u001a\u0007\u0001\0"u8],
            [.. "Rar!\u001a\u0007\0"u8],
            [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
            [.. "%PDF-1.4 /Encrypt"u8],
            Files.Mail("x", "y", "a.txt", [1]),
        ];
        var names = new[] { "a.zip", "a.docx", "a.eml", "a.html", "a.txt", "a.gz", "" };
        Gen.Select(Gen.Int[0, begins.Length - 1], Gen.Int[0, names.Length - 1], Gen.Byte.Array[0, 300])
            .Sample(
                (begin, name, tail) => Sample.OfFile(names[name], [.. begins[begin], .. tail]),
                iter: Campaign.FewInputs * 5
            );
    }

    [Fact]
    public void Damaged_files_do_no_harm()
    {
        byte[][] files =
        [
            Files.Zip(("a.txt", "個人番号 123456789018"), ("b/c.docx", "x")),
            Files.Docx("<w:p><w:t>社外秘</w:t></w:p>"),
            Files.Gzip(Encoding.UTF8.GetBytes("社外秘")),
            Files.Mail("件名", "本文", "a.zip", Files.Zip(("a", "b"))),
        ];
        var names = new[] { "a.zip", "a.docx", "a.gz", "a.eml" };
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 100_000].Array[1, 8], Gen.Byte.Array[8])
            .Sample(
                (file, places, bytes) =>
                {
                    var copy = files[file].ToArray();
                    for (var i = 0; i < places.Length; i++)
                    {
                        copy[places[i] % copy.Length] = bytes[i];
                    }

                    Sample.OfFile(names[file], copy);
                },
                iter: Campaign.FewInputs * 5
            );
    }

    [Theory]
    [InlineData("drawing.bin", new byte[] { 7, 0, 9, 1 }, false)]
    [InlineData("photo.jpg", new byte[] { 0xff, 0xd8, 0xff, 0 }, false)]
    [InlineData("report.pdf", new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2d }, true)]
    [InlineData("files.zip", new byte[] { 0x50, 0x4b, 3, 4 }, true)]
    public void Of_a_file_that_nobody_reads_its_begin_is_held_in_memory(string name, byte[] begin, bool isRead)
    {
        using var file = Sample.Take(name);
        file.Write(begin);
        for (var i = 0; i < 300; i++)
        {
            file.Write(new byte[100_000]);
        }

        file.Bytes.ShouldBe(30_000_000 + begin.Length);
        file.IsWhole.ShouldBeFalse();
        file.Begin.Length.ShouldBe(isRead ? new ScreeningOptions().MaxFileBytes : PlainText.Sample);
        file.Begin.Span.StartsWith(begin).ShouldBeTrue();
    }

    [Fact]
    public void Time_is_bounded()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var bounds = new ReadingBounds(new ScreeningOptions(), clock);
        bounds.TakeText(1);
        clock.Advance(TimeSpan.FromSeconds(21));

        Should.Throw<BoundsReached>(() => bounds.TakeText(1));
    }

    /// <summary>What is allocated in all bounds what is held at once, and is the same in every run.</summary>
    private static ContentFacts Bounded(Func<ContentFacts> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var facts = read();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MaxAllocated);
        return facts;
    }
}
