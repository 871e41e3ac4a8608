using System.Net;
using System.Text;
using Azure.Storage.Blobs.Models;
using MimeKit;

namespace TlsOrLink.Tests.Integration.Inbound;

/// <summary>Mail that comes in by SendGrid Inbound Parse, through the real app.</summary>
public sealed partial class InboundTests(InboundWorld world) : IClassFixture<InboundWorld>
{
    [Theory]
    [InlineData(4_000)]
    [InlineData(3_000_000)]
    public async Task A_raw_mail_signed_by_its_author_goes_on_byte_for_byte_to_its_visible_recipients(int size)
    {
        var domain = $"raw{size}.test";
        var server = await world.AddPostfixAsync(domain);
        var mail = InboundWorld.Mail($"taro@{domain}, {InboundWorld.Hook}");
        ((MimePart)mail.Attachments.Single()).Content = new MimeContent(new MemoryStream(new byte[size]));
        var bytes = world.Signed(mail);

        var answer = await world.PostAsync(InboundWorld.Raw(bytes));

        (answer.Status, answer.Result).ShouldBe((HttpStatusCode.OK, "accepted"), answer.Reason);
        var seen = await world.Api.WaitForCompletionAsync(answer.MessageId!);
        seen.Recipients.Single().Address.ShouldBe($"taro@{domain}");
        seen.Of($"taro@{domain}").Route.ShouldBe("tls");
        var arrived = (await server.WaitForMailAsync()).Single();
        arrived.Text.ShouldEndWith(Encoding.Latin1.GetString(bytes), Case.Sensitive);
        (await BlobsAsync("uploads")).ShouldBeEmpty("what was staged to be judged is gone");
    }

    [Fact]
    public async Task The_same_mail_is_sent_once_however_often_and_by_whomever_it_is_posted()
    {
        await world.AddPostfixAsync("once-in.test");
        var bytes = world.Signed(InboundWorld.Mail("taro@once-in.test"));

        var first = await world.PostAsync(InboundWorld.Raw(bytes));
        var again = await world.PostAsync(InboundWorld.Raw(bytes));
        var replayed = await world.PostAsync(InboundWorld.Raw([.. "Received: by evil.test\r\n"u8, .. bytes]));

        (first.Result, again.Result, again.MessageId).ShouldBe(("accepted", "accepted", first.MessageId));
        (replayed.Status, replayed.Result).ShouldBe((HttpStatusCode.OK, "ignored"));
    }

    [Fact]
    public async Task Whoever_is_not_who_the_From_field_says_is_refused_once_and_for_all()
    {
        var before = await world.MessagesAsync();
        var forged = InboundWorld.Bytes(InboundWorld.Mail("taro@x.test"));
        var altered = Encoding.Latin1.GetBytes(
            Encoding
                .Latin1.GetString(world.Signed(InboundWorld.Mail("taro@x.test")))
                .Replace("Quotation", "Quotatiom", StringComparison.Ordinal)
        );
        var stranger = world.Signed(InboundWorld.Mail("taro@x.test", from: "eve@other.example"));
        var two = Encoding.Latin1.GetBytes(
            "From: hanako@sender.example\r\n"
                + Encoding.Latin1.GetString(world.Signed(InboundWorld.Mail("taro@x.test")))
        );

        foreach (var mail in new[] { forged, altered, stranger, two })
        {
            var answer = await world.PostAsync(InboundWorld.Raw(mail));
            (answer.Status, answer.Result).ShouldBe((HttpStatusCode.OK, "refused"), answer.Reason);
        }

        (await world.MessagesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Our_own_mail_that_comes_back_is_refused()
    {
        var mail = InboundWorld.Mail("taro@x.test");
        mail.Headers.Add("X-TlsOrLink-Loop", "1");

        var answer = await world.PostAsync(InboundWorld.Raw(world.Signed(mail)));

        (answer.Result, answer.Reason).ShouldBe(("refused", "mail-loop"));
    }

    [Fact]
    public async Task Without_a_good_fresh_signature_nothing_is_believed_and_nothing_is_kept()
    {
        var before = await world.MessagesAsync();
        var bytes = world.Signed(InboundWorld.Mail("taro@x.test"));
        var form = InboundWorld.Raw(bytes);
        var body = await form.ReadAsByteArrayAsync();
        var large = InboundWorld.Raw([.. bytes, .. new byte[3_000_000]]);

        var answers = new[]
        {
            await world.PostAsync(form, spoil: all => [.. all[..^1], (byte)(all[^1] ^ 1)]),
            await world.PostAsync(form, spoil: all => [.. all, .. "\r\n"u8]),
            await world.PostAsync(large, spoil: all => [.. all[..^1], (byte)(all[^1] ^ 1)]),
            await world.PostAsync(form, age: TimeSpan.FromMinutes(11)),
            await world.PostAsync(form, age: TimeSpan.FromMinutes(-11)),
            await world.SendAsync(form, body, stamp: null, signature: "AAAA"),
            await world.SendAsync(form, body, stamp: "1", signature: null),
            await world.SendAsync(form, body, stamp: "junk", signature: "not base64"),
        };

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Unauthorized);
        answers.ShouldAllBe(answer => answer.Reason.Contains("signature-refused", StringComparison.Ordinal));
        (await world.MessagesAsync()).ShouldBe(before);
        (await BlobsAsync("uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parsed_mail_is_put_together_again_where_the_provider_vouches_for_its_author()
    {
        var server = await world.AddPostfixAsync("parsed.test");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding("iso-2022-jp").GetBytes("本文です");
        MultipartFormDataContent Form(string dkim) =>
            new()
            {
                {
                    new StringContent(
                        "From: =?utf-8?B?6Iqx5a2Q?= <hanako@sender.example>\nTo: taro@parsed.test\nSubject: =?utf-8?B?5Lu25ZCN?=\nDate: Fri, 09 Jan 2026 10:01:00 +0900\n"
                    ),
                    "headers"
                },
                { new StringContent(dkim), "dkim" },
                {
                    new StringContent($$"""{"to":["{{InboundWorld.Hook}}"],"from":"hanako@sender.example"}"""),
                    "envelope"
                },
                { new ByteArrayContent(text), "text" },
                { new ByteArrayContent([1, 2, 3]), "attachment1", "a.bin" },
                { new StringContent("""{"text":"iso-2022-jp","subject":"UTF-8"}"""), "charsets" },
            };

        foreach (
            var word in new[]
            {
                "none",
                "{@sender.example : fail}",
                "{@other.example : pass}",
                "{@evilsender.example : pass}",
                "pass",
            }
        )
        {
            (await world.PostAsync(Form(word))).Reason.ShouldBe("dkim-not-aligned", word);
        }

        var answer = await world.PostAsync(Form("{@sender.example : pass}"));
        answer.Result.ShouldBe("accepted", answer.Reason);
        var arrived = (await server.WaitForMailAsync()).Single();
        using var mime = await MimeMessage.LoadAsync(new MemoryStream(arrived.Content));
        (mime.Subject, mime.TextBody, mime.From.Mailboxes.Single().Name).ShouldBe(("件名", "本文です", "花子"));
        mime.Attachments.OfType<MimePart>().Single().FileName.ShouldBe("a.bin");
    }

    [Fact]
    public async Task An_author_is_told_of_a_mail_that_names_nobody_and_a_machine_is_not()
    {
        var inbox = await world.AddScriptedAsync("sender.example.test");
        var answer = await world.PostAsync(InboundWorld.Raw(world.Signed(InboundWorld.Mail(InboundWorld.Hook))));

        (answer.Status, answer.Result, answer.Reason).ShouldBe((HttpStatusCode.OK, "refused", "no-recipient"));
        inbox.Messages.ShouldBeEmpty();
        var rows = await (await world.World.Azurite)
            .NewTableClient()
            .GetTableClient("Uploads")
            .QueryAsync<Azure.Data.Tables.TableEntity>("PartitionKey eq 'inbound'")
            .ToListAsync();
        rows.ShouldHaveSingleItem().GetString("Sender").ShouldBe("hanako@sender.example");
    }

    [Fact]
    public async Task Junk_that_is_signed_is_answered_so_that_it_does_not_come_again()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "y" } };
        using var junk = new StringContent("not a form");
        junk.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        using var mail = InboundWorld.Raw("no mail at all"u8.ToArray());

        foreach (var content in new HttpContent[] { empty, junk, mail })
        {
            var answer = await world.PostAsync(content);
            (answer.Status, answer.Result).ShouldBe((HttpStatusCode.OK, "refused"), answer.Reason);
        }
    }

    private async Task<IReadOnlyList<string>> BlobsAsync(string container) =>
        await (await world.World.Azurite)
            .NewBlobClient()
            .GetBlobContainerClient(container)
            .GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted })
            .Select(blob => blob.Name)
            .ToListAsync();
}
