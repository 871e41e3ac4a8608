using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Mime;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Every message of the corpus through the parts that make link mail and transparent mail.</summary>
public sealed class MimeCorpusTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly MemoryTables tables = new();
    private readonly MemoryBlobs blobs = new();

    public static TheoryData<string> Samples => [.. MimeCorpus.All.Select(sample => sample.Name)];

    [Fact]
    public void Has_at_least_sixty_messages_of_different_names()
    {
        MimeCorpus.All.Count.ShouldBeGreaterThanOrEqualTo(60);
        MimeCorpus.All.Select(sample => sample.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task Every_link_mail_is_read_by_MimeKit_and_Python_without_fault_and_has_no_byte_of_a_file()
    {
        Dictionary<string, byte[]> mails = [];
        foreach (var sample in MimeCorpus.All)
        {
            mails[sample.Name] = await LinkMailOfAsync(sample);
        }

        var python = await PythonMail.ReadAsync(mails);

        MimeCorpus
            .All.SelectMany(sample =>
                LinkMailFaults
                    .Of(sample, mails[sample.Name], python[sample.Name])
                    .Select(fault => $"{sample.Name}: {fault}")
            )
            .ToList()
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Files_behind_the_link_are_those_of_the_message(string name)
    {
        var sample = MimeCorpus.All.Single(sample => sample.Name == name);
        var message = Store(sample);

        var rows = await TakeOut().RunAsync(message.Id, default);

        var wanted = sample.Way switch
        {
            MimeWay.Apart => sample.Files,
            MimeWay.Whole => [new SampleFile("message.eml", sample.Transparent)],
            _ => [],
        };
        if (wanted.Count == 0 && sample.Way == MimeWay.Apart)
        {
            rows.ShouldHaveSingleItem("what is in it cannot be known, only that it is behind the link");
            return;
        }

        rows.Select(row => (row.Name, row.Sha256)).ShouldBe(wanted.Select(file => (file.Name, Sha256(file))));
        rows.Select(row => Sha256(new SampleFile(row.Name, blobs.Blobs[row.Blob])))
            .ShouldBe(rows.Select(row => row.Sha256));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Over_TLS_the_message_is_the_same_byte_for_byte(string name)
    {
        var sample = MimeCorpus.All.Single(sample => sample.Name == name);

        using var mail = new TransparentMessage(new Pieces(sample.Bytes, [1, 700, 13]), "");
        using var copy = new MemoryStream();
        mail.CopyTo(copy);

        var (got, wanted) = (Encoding.Latin1.GetString(copy.ToArray()), Encoding.Latin1.GetString(sample.Transparent));
        (got.EndsWith("\r\n", StringComparison.Ordinal) ? got : $"{got}\r\n").ShouldBe(wanted);
    }

    private async Task<byte[]> LinkMailOfAsync(MimeSample sample)
    {
        var message = Store(sample);
        var rows = await TakeOut().RunAsync(message.Id, default);
        message = (await Table().FindAsync(message.Id, default))!;
        message.FileCount.ShouldBe(rows.Count);
        using var mime = await new MessageBlobs(blobs).LoadStrippedAsync(message, default);
        if (rows.Count > 0)
        {
            LinkMail.Compose(mime, NoticeOf(message, rows), message.Id, protectBody: false);
        }
        else if (message.IsFaulty || !Ascii.IsValid(sample.Bytes))
        {
            LinkMail.Cleaned(mime, message.Id);
        }
        else
        {
            return sample.Transparent;
        }

        await using var mail = await LinkMail.ToMailAsync(mime, default);
        using var copy = new MemoryStream();
        await mail.Content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static LinkNotice NoticeOf(MessageRow message, IReadOnlyList<FileRow> rows) =>
        new Notice(
            Options.Create(new LinkOptions { CompanyName = "Kit Trading" }),
            Options.Create(new NoticesOptions())
        ).Write(
            new NoticeFacts(
                message.Language,
                new Uri("https://links.sender.example/d/token"),
                Now,
                "Hanako",
                [.. rows.Select(LinkFile.Of)]
            )
        );

    private MessageTable Table() => Chained.Table(tables);

    private TakeOutFiles TakeOut() => new(Table(), new MessageBlobs(blobs), Options.Create(new IntakeOptions()));

    private MessageRow Store(MimeSample sample)
    {
        var id = Convert.ToHexStringLower(IdOf(sample.Name));
        var message = new MessageRow(id)
        {
            Attempt = "a",
            CreatedAt = Now,
            Blob = Keys.MessageBlob(Now, id, "a"),
            Language = LanguageGuess.OfRaw(sample.Subject, sample.Bytes),
        };
        tables.Put(TableNames.Messages, message.Entity);
        blobs.Blobs[message.Blob] = sample.Bytes;
        return message;
    }

    private static byte[] IdOf(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16];

    private static string Sha256(SampleFile file) => Convert.ToHexStringLower(SHA256.HashData(file.Content));
}
