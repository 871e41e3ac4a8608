using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Mime;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary><c>options.link.protectBody</c> through the real app.</summary>
public sealed class ProtectBodyTests(DeliveryWorld world) : IClassFixture<DeliveryWorld>
{
    private const string Subject = "Acquisition of Sunrise KK";
    private const string Text = "The price is 4,700,000,000 yen, and nobody must know.";
    private const string Html = $"<p>{Text} <img src=\"cid:seal@sender\"></p>";

    [Fact]
    public async Task Text_HTML_images_files_and_subject_are_all_behind_the_link()
    {
        var server = await world.AddScriptedAsync("protected.test", _ => new SmtpScript { OffersStartTls = false });
        var (image, file) = (RandomNumberGenerator.GetBytes(900), RandomNumberGenerator.GetBytes(3000));

        var seen = await world.Api.WaitForCompletionAsync(await PostAsync("a@protected.test", image, file));

        seen.Recipients.ShouldHaveSingleItem().State.ShouldBe("linked");
        var message = server.Messages.ShouldHaveSingleItem();
        var link = await LinkMailSeen.ReadAsync(message);
        foreach (var secret in new[] { Subject, Text, "terms.pdf", "seal" })
        {
            var everywhere =
                $"{message.Text}{string.Join(" ", link.Mail.Headers.Select(field => field.Value))}{link.Text}{link.Mail.HtmlBody}";
            everywhere.ShouldNotContain(secret);
            message.Text.ShouldNotContain(Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)).TrimEnd('=')[..^1]);
        }

        using var whole = MimeMessage.Load(
            new MemoryStream(await link.DownloadAsync(world.App.Client, world.World, 0))
        );
        whole.Subject.ShouldBe(Subject);
        whole.TextBody!.ShouldContain(Text);
        whole.HtmlBody!.ShouldContain("cid:seal@sender");
        var shown = whole.BodyParts.OfType<MimePart>().Single(part => part.ContentId == "seal@sender");
        Leaks.Decoded(shown).ShouldBe(image);
        Leaks
            .Decoded((MimePart)whole.Attachments.Single(part => part is MimePart { FileName: "terms.pdf" }))
            .ShouldBe(file);
        (await link.DownloadAsync(world.App.Client, world.World, 1)).ShouldBe(file);
    }

    private async Task<string> PostAsync(string recipient, byte[] image, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages");
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        request.Content = JsonContent.Create(
            new
            {
                sender = "hanako@sender.example",
                recipients = new[] { recipient },
                subject = Subject,
                body = new { text = Text, html = Html },
                attachments = new object[]
                {
                    new
                    {
                        name = "seal.png",
                        contentType = "image/png",
                        contentBytes = image,
                        contentId = "seal@sender",
                        isInline = true,
                    },
                    new
                    {
                        name = "terms.pdf",
                        contentType = "application/pdf",
                        contentBytes = file,
                    },
                },
                options = new { link = new { protectBody = true } },
            }
        );
        using var answer = await world.App.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await MessageApi.ReadAsync(answer)).Id;
    }
}
