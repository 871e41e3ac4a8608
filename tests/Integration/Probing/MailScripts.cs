using System.Text;
using TlsOrLink.Domains;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>Parts that tests of transactions share.</summary>
internal static class MailScripts
{
    public static ServerCertificate Good { get; } = ClientWorld.Authority.Issue("mx.test");

    public static ScriptedPeer Peer(Func<PeerConversation, Task> script) =>
        new(async talk =>
        {
            await talk.GreetAsync("250 STARTTLS");
            await talk.StartTlsAsync(Good);
            await script(talk);
        });

    public static async Task<List<string>> AnswerAsync(PeerConversation talk, params string[] replies)
    {
        var lines = new List<string>();
        foreach (var reply in replies)
        {
            lines.Add(await talk.ReadLineAsync());
            await talk.SendAsync(reply + "\r\n");
        }

        return lines;
    }

    public static async Task<ISmtpSession> OpenAsync(ClientWorld world, ScriptedPeer peer) =>
        (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

    public static SmtpEnvelope Envelope(params string[] recipients) =>
        new(Address("me@sender.test"), [.. recipients.Select(Address)]);

    public static MailAddress Address(string text) =>
        MailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    public static Func<CancellationToken, Task<Stream>> Content(string text) =>
        _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
