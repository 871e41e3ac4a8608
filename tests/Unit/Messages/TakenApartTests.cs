using System.Text;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Tests.Unit.Messages;

[Collection(nameof(IntakeMemoryTests))]
public sealed class TakenApartTests
{
    private const string Head =
        "From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n";

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task More_files_than_allowed_stay_together_in_the_whole_message(int files, bool apart)
    {
        using var taken = await OfAsync(Mixed(Enumerable.Repeat("Content-Type: application/pdf\r\n\r\nx", files)), 3);

        if (apart)
        {
            taken.Files.ShouldNotBeNull().Count.ShouldBe(files);
            taken.Rest.ToString().ShouldContain("the text");
            return;
        }

        ShouldBeWhole(taken);
    }

    [Fact]
    public async Task A_million_parts_are_not_taken_into_memory()
    {
        var message = Mixed(Enumerable.Repeat("\r\n", 1_000_000));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var taken = await OfAsync(message, 3);

        ShouldBeWhole(taken);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(50_000_000);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    public async Task A_body_too_large_for_memory_goes_with_the_whole_message(string type)
    {
        var part = $"Content-Type: {type}\r\n\r\n";
        using var small = await OfAsync(Mixed([part + Text(4_900_000)]), 3);
        small.Files.ShouldNotBeNull().ShouldBeEmpty();

        using var large = await OfAsync(Mixed([part + Text(5_000_001)]), 3);
        ShouldBeWhole(large);
    }

    [Fact]
    public async Task An_image_that_HTML_shows_counts_as_body_and_a_file_does_not()
    {
        using var shown = await OfAsync(Related($"Content-ID: <i@b>\r\n\r\n{Text(5_000_001)}"), 3);
        ShouldBeWhole(shown);

        using var attached = await OfAsync(Related($"Content-Disposition: attachment\r\n\r\n{Text(5_000_001)}"), 3);
        attached.Files.ShouldNotBeNull().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_signed_message_stays_whole()
    {
        using var taken = await OfAsync(
            $"{Head}Content-Type: multipart/signed; boundary=o\r\n\r\n--o\r\n\r\nthe text\r\n--o--\r\n",
            3
        );

        ShouldBeWhole(taken);
    }

    [Fact]
    public async Task What_is_no_MIME_is_a_fault_for_good() =>
        await Should.ThrowAsync<PermanentFault>(() => OfAsync("", 3));

    private static void ShouldBeWhole(TakenApart taken)
    {
        taken.Files.ShouldBeNull();
        taken.Rest.TextBody.ShouldBe("");
        (taken.Rest.Subject, taken.Rest.MessageId).ShouldBe(("s", "1@b.example"));
        taken.Rest.From.Mailboxes.Single().Address.ShouldBe("a@b.example");
        using var written = new MemoryStream();
        taken.Rest.WriteTo(written);
        written.Length.ShouldBeLessThan(1000, "only the header section and an empty text are left");
    }

    private static string Mixed(IEnumerable<string> parts) =>
        $"{Head}Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: text/plain\r\n\r\nthe text\r\n"
        + string.Concat(parts.Select(part => $"--o\r\n{part}\r\n"))
        + "--o--\r\n";

    private static string Related(string image) =>
        $"{Head}Content-Type: multipart/related; boundary=o\r\n\r\n--o\r\nContent-Type: text/html\r\n\r\n<p>the text<img src=cid:i@b></p>\r\n"
        + $"--o\r\nContent-Type: image/png\r\n{image}\r\n--o--\r\n";

    private static string Text(int bytes)
    {
        var line = new string('x', 98) + "\r\n";
        return string.Concat(Enumerable.Repeat(line, bytes / line.Length)) + new string('y', bytes % line.Length);
    }

    private static Task<TakenApart> OfAsync(string message, int maxFiles) =>
        TakenApart.OfAsync(new MemoryStream(Encoding.ASCII.GetBytes(message)), maxFiles, default);
}
