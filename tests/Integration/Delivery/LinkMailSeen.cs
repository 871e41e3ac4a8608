using System.Net;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>A link mail as its recipient has it, and what a person does with its link.</summary>
internal sealed class LinkMailSeen
{
    private LinkMailSeen(MimeMessage mail, string text) =>
        (Mail, Text, Url) = (
            mail,
            text,
            new Uri(text.Split((char[])['\r', '\n', ' ', '"', '<', '>']).Where(IsLink).Distinct().Single())
        );

    public MimeMessage Mail { get; }

    /// <summary>What the recipient reads: the plain text, the HTML where there is no other.</summary>
    public string Text { get; }

    /// <summary>The landing page.</summary>
    public Uri Url { get; }

    /// <summary>The token alone.</summary>
    public string Token => Url.Segments[^1];

    public static async Task<LinkMailSeen> ReadAsync(ScriptedMessage message)
    {
        var mail = await MimeMessage.LoadAsync(new MemoryStream(message.Content));
        return new LinkMailSeen(mail, (mail.TextBody ?? mail.HtmlBody).ShouldNotBeNull());
    }

    /// <summary>Opens the landing page.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpClient app) => app.GetAsync(Url.AbsolutePath);

    /// <summary>Presses the button of a file and gets where its bytes are.</summary>
    public async Task<Uri> PressAsync(HttpClient app, int file)
    {
        using var answer = await app.PostAsync($"{Url.AbsolutePath}/files/{file}", content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    /// <summary>Presses the button of a file and gets its bytes.</summary>
    public async Task<byte[]> DownloadAsync(HttpClient app, TestWorld world, int file)
    {
        var location = await PressAsync(app, file);
        using var client = world.Authority.NewClient();
        return await client.GetByteArrayAsync(location);
    }

    private static bool IsLink(string word) => word.Contains("/d/", StringComparison.Ordinal);
}
