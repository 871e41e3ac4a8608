using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class TakeOutFilesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly MemoryTables tables = new();
    private readonly MemoryBlobs blobs = new();

    [Fact]
    public async Task More_files_than_allowed_go_as_one()
    {
        var message = Store(files: 3);

        var rows = await TakeOut(maxAttachments: 2).RunAsync(message.Id, default);

        rows.ShouldHaveSingleItem().Name.ShouldBe("message.eml");
        Encoding.ASCII.GetString(blobs.Blobs[rows[0].Blob]).ShouldBe(Message(3));
        blobs.Blobs[Keys.BodyBlob(Now, message.Id)].Length.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task A_late_run_writes_nothing_that_others_read_already()
    {
        var message = Store(files: 2);
        var late = TakeOut(maxAttachments: 2);
        blobs.OnOpen = async () =>
        {
            blobs.OnOpen = null;
            await TakeOut(maxAttachments: 2).RunAsync(message.Id, default);
            blobs.Commits = 0;
        };

        var rows = await late.RunAsync(message.Id, default);

        rows.Select(row => row.N).ShouldBe([1, 2]);
        blobs.Commits.ShouldBe(0, "a blob that is written again breaks off whoever reads it");
    }

    private TakeOutFiles TakeOut(int maxAttachments) =>
        new(
            Chained.Table(tables),
            new MessageBlobs(blobs),
            Options.Create(new IntakeOptions { MaxAttachments = maxAttachments })
        );

    private MessageRow Store(int files)
    {
        var message = new MessageRow("0123")
        {
            Attempt = "a",
            CreatedAt = Now,
            Blob = Keys.MessageBlob(Now, "0123", "a"),
        };
        tables.Put(TableNames.Messages, message.Entity);
        blobs.Blobs[message.Blob] = Encoding.ASCII.GetBytes(Message(files));
        return message;
    }

    private static string Message(int files) =>
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\ntext\r\n"
        + string.Concat(Enumerable.Repeat("--o\r\nContent-Type: application/pdf\r\n\r\nx\r\n", files))
        + "--o--\r\n";
}
