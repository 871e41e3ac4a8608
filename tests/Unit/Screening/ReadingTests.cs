using System.Text;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>What is read of messages and files, and where it is said to be.</summary>
public sealed class ReadingTests
{
    private const string Secret = "氏名 山田太郎\n個人番号 1234-5678-9018\n社外秘\n";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Text_is_read_in_the_charset_that_it_looks_like(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);
        foreach (var mark in new[] { true, false })
        {
            byte[] bytes = [.. mark ? encoding.Preamble.ToArray() : [], .. encoding.GetBytes(Secret)];
            if (charset is "utf-32" && !mark)
            {
                continue;
            }

            var facts = Sample.OfFile("list.csv", bytes);
            (facts.Count("my-number"), facts.Has("社外秘", Section.Files)).ShouldBe((1, true), $"{charset}, {mark}");
        }
    }

    [Fact]
    public void Word_documents_are_read_across_their_runs()
    {
        var docx = Files.Docx(
            "<w:p><w:r><w:t>個人番号 1234</w:t></w:r><w:r><w:rPr a=\"1>2\"/><w:t>5678</w:t></w:r><w:r><w:t>9018</w:t></w:r></w:p>"
                + "<w:p><w:r><w:t>社外&#31192;</w:t></w:r></w:p>"
        );

        var facts = Sample.OfFile("a.docx", docx);

        (facts.Count("my-number"), facts.Has("社外秘")).ShouldBe((1, true));
        facts.Files.Single().ShouldBe(new FileFact(Place.Attachment(1), "docx", FileKinds.Docx, docx.Length));
    }

    [Fact]
    public void Workbooks_are_read_in_shared_strings_and_in_cells()
    {
        var strings = Files.Xlsx(
            "<si><t>個人番号</t></si><si><r><t>1234 5678</t></r><r><t xml:space='preserve'> 9018</t></r></si>",
            ""
        );
        var cells = Files.Xlsx(
            "",
            "<row><c t=\"inlineStr\"><is><t>カード番号</t></is></c></row><row><c><v>4111111111111111</v></c><c><v>7</v></c></row>"
        );

        Sample.OfFile("a.xlsx", strings).Count("my-number").ShouldBe(1);
        Sample.OfFile("a.xlsx", cells).Count("card-number").ShouldBe(1);
    }

    [Fact]
    public void Slides_are_read() =>
        Sample.OfFile("a.pptx", Files.Pptx("<a:p><a:r><a:t>社外秘</a:t></a:r></a:p>")).Has("社外秘").ShouldBeTrue();

    [Fact]
    public void Html_is_read_as_it_shows()
    {
        var html =
            "<html><script>社外秘</script><style>x</style><p>カード <b>4111</b>1111&#x31;1111111&nbsp;<td>1</td></p>"u8;
        var facts = Sample.OfFile("a.html", html.ToArray());

        facts.Has("社外秘").ShouldBeFalse();
        Sample
            .OfFile("a.html", "カ<b>ー</b>ド 4111<i>1111</i>1111&#x31;111"u8.ToArray())
            .Count("card-number")
            .ShouldBe(1);
    }

    [Fact]
    public void Files_in_zips_in_mails_are_read_and_placed()
    {
        var inner = Files.Zip(("説明.txt", "x"u8.ToArray()), ("社外秘.csv", Encoding.UTF8.GetBytes(Secret)));
        var outer = Files.Zip(("dir/", []), ("a.txt", "x"u8.ToArray()), ("inner.zip", inner));

        var facts = Sample.OfFile("outer.zip", outer);

        facts.Count(TlsOrLink.Screening.Numbers.NumberKind.MyNumber).First.ShouldBe(new Place(Section.Files, "1.2.2"));
        facts.Find(new Word("社外秘", false), Section.FileNames).ShouldBe(new Place(Section.FileNames, "1.2.2"));
        facts
            .Files.Select(file => $"{file.Place.Number} {file.Kind}")
            .ShouldBe(["1.1 text", "1.2.1 text", "1.2.2 text", "1.2 zip", "1 zip"], ignoreOrder: true);
    }

    [Fact]
    public void Names_in_shift_jis_are_read()
    {
        var name = Encoding.GetEncoding(932).GetBytes("社外秘");
        var zip = Files.Zip(("aaaaaa.txt", "x"u8.ToArray()));
        for (var at = 0; at + name.Length < zip.Length; at++)
        {
            if (zip.AsSpan(at).StartsWith("aaaaaa"u8))
            {
                name.CopyTo(zip, at);
            }
        }

        Sample.OfFile("a.zip", zip).Has("社外秘", Section.FileNames).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_is_read_in_subject_body_names_and_files()
    {
        var facts = await Sample.OfMessage(
            Files.Mail("Confidential", "本文", "社外秘.txt", Encoding.UTF8.GetBytes(Secret))
        );

        facts.Has("confidential", Section.Subject).ShouldBeTrue();
        facts.Has("confidential", Section.Body).ShouldBeFalse();
        facts.Has("社外秘", Section.FileNames).ShouldBeTrue();
        facts.Has("社外秘", Section.Files).ShouldBeTrue();
        facts.Count("my-number").ShouldBe(1);
        facts.Files.Single().Place.ShouldBe(Place.Attachment(1));
    }

    [Fact]
    public async Task Messages_within_messages_are_read()
    {
        var inner = Files.Mail("inner", Secret);
        var eml = await Sample.OfMessage(Files.Mail("outer", "x", "inner.eml", inner));
        var zipped = await Sample.OfMessage(Files.Mail("outer", "x", "inner.zip", Files.Zip(("inner.eml", inner))));

        eml.Count("my-number").ShouldBe(1);
        zipped.Count("my-number").ShouldBe(1);
        zipped.Files.ShouldAllBe(file => !file.NotRead);
    }

    [Theory]
    [InlineData("a.gz")]
    [InlineData("a.csv.gz")]
    public void Gzip_is_read(string name) =>
        Sample.OfFile(name, Files.Gzip(Encoding.UTF8.GetBytes(Secret))).Count("my-number").ShouldBe(1);

    [Theory]
    [InlineData("a.exe", "exe", "exe")]
    [InlineData("a.pdf.EXE ", "exe", "exe")]
    [InlineData("a.txt", "txt", "exe")]
    [InlineData("ａ．ＥＸＥ", "exe", "exe")]
    [InlineData(null, "", "exe")]
    public void A_file_has_the_kind_of_its_first_bytes_and_the_extension_of_its_name(
        string? name,
        string extension,
        string kind
    )
    {
        var file = Sample.OfFile(name!, [.. "MZ"u8, .. new byte[100]]).Files.Single();
        (file.Extension, file.Kind, file.NotRead).ShouldBe((extension, kind, false));
    }

    [Fact]
    public void What_cannot_be_read_is_said_so()
    {
        Sample.OfFile("a.pdf", "%PDF-1.7 …"u8.ToArray()).Files.Single().NotRead.ShouldBeTrue();
        Sample.OfFile("a.zip", Files.Zip(("a.txt", "x"))[..40]).Files.Single().NotRead.ShouldBeTrue();
        var large = Sample.OfFile(
            "a.txt",
            Encoding.UTF8.GetBytes(Secret + new string('x', 1 << 17)),
            new() { MaxFileBytes = 1 << 16 }
        );
        (large.Files.Single().NotRead, large.Count("my-number")).ShouldBe((true, 1));
    }
}
