using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Integration.Intake;

public sealed class TakingOutTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 3_500_000).Select(i => (byte)(i * 31 % 251))];
    private static readonly byte[] Small = Encoding.UTF8.GetBytes("small file");

    [Fact]
    public async Task Takes_files_out_once_with_the_same_result_for_all_who_ask_at_once()
    {
        await using var intakes = await Intakes.StartAsync();
        var message = await intakes.StoredAsync(Json());
        var takeOut = intakes.Get<TakeOutFiles>();

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => takeOut.RunAsync(message.Id, default)));
        var again = await takeOut.RunAsync(message.Id, default);

        foreach (var files in runs.Append(again))
        {
            files
                .Select(file => $"{file.N} {file.Name} {file.ContentType}")
                .ShouldBe(["1 見積書.pdf application/pdf", "2 attachment-2.txt text/plain"]);
            files.Select(file => file.Sha256).ShouldBe([Sha(Large), Sha(Small)]);
            files.Select(file => file.Bytes).ShouldBe([Large.Length, Small.Length]);
        }

        foreach (var (file, bytes) in again.Zip([Large, Small]))
        {
            (await intakes.BlobAsync(ContainerNames.Files, file.Blob)).ShouldBe(bytes);
        }

        (await intakes.BlobsAsync(ContainerNames.Files)).Count.ShouldBe(3);
        var row = await intakes.Get<MessageTable>().FindAsync(message.Id, default);
        (row!.FileCount, row.Language).ShouldBe((2, MailLanguage.Ja));
        using var stripped = await intakes.Get<MessageBlobs>().LoadStrippedAsync(row, default);
        stripped.TextBody!.TrimEnd().ShouldBe("本文です");
        stripped.MessageId.ShouldNotBeNullOrEmpty();
        stripped.BodyParts.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Leaves_a_signed_message_whole_but_for_Bcc()
    {
        await using var intakes = await Intakes.StartAsync();
        var message = await intakes.StoredAsync(
            "From: a@sender.example\r\nTo: b@x.example\r\nBcc: secret@x.example\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\r\n\r\n"
                + "--b\r\n\r\nsigned text\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n"
        );

        var file = (await intakes.Get<TakeOutFiles>().RunAsync(message.Id, default)).Single();

        (file.Name, file.ContentType).ShouldBe(("message.eml", "message/rfc822"));
        var text = Encoding.ASCII.GetString(await intakes.BlobAsync(ContainerNames.Files, file.Blob));
        text.ShouldContain("signed text");
        text.ShouldNotContain("secret");
        using var stripped = await intakes.Get<MessageBlobs>().LoadStrippedAsync(message, default);
        stripped.ToString().ShouldNotContain("signed text");
    }

    [Fact]
    public async Task Gives_the_whole_message_as_file_0_beside_the_files()
    {
        await using var intakes = await Intakes.StartAsync();
        var message = await intakes.StoredAsync(Json());
        await intakes.Get<TakeOutFiles>().RunAsync(message.Id, default);

        var whole = await intakes.Get<TakeOutFiles>().WholeAsync(message.Id, default);

        whole.N.ShouldBe(0);
        using var mime = MimeMessage.Load(new MemoryStream(await intakes.BlobAsync(ContainerNames.Files, whole.Blob)));
        mime.Attachments.Count().ShouldBe(2);
        (await intakes.Get<MessageTable>().FilesAsync(message.Id, message.Attempt, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Says_that_a_message_is_unknown_or_its_content_gone()
    {
        await using var intakes = await Intakes.StartAsync();
        var message = await intakes.StoredAsync(Json());
        await intakes
            .World.Azurite.NewBlobClient()
            .GetBlobContainerClient(ContainerNames.Messages)
            .DeleteBlobAsync(message.Blob);

        var gone = await Should.ThrowAsync<PermanentFault>(() =>
            intakes.Get<TakeOutFiles>().RunAsync(message.Id, default)
        );
        gone.Message.ShouldBe("The content of the message is gone.");
        await Should.ThrowAsync<PermanentFault>(() =>
            intakes.Get<TakeOutFiles>().RunAsync(new string('0', 32), default)
        );
    }

    private static string Json() =>
        $$"""
            {
              "sender": "a@sender.example", "recipients": ["b@x.example"], "body": { "text": "本文です" },
              "attachments": [
                { "name": "../見積書.pdf", "contentType": "application/pdf", "contentBytes": "{{Convert.ToBase64String(
                Large
            )}}" },
                { "contentType": "text/plain", "contentBytes": "{{Convert.ToBase64String(Small)}}" }
              ]
            }
            """;

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
