using System.Text;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>The server's side of the dialogue on one stream, before STARTTLS or after it.</summary>
internal sealed class SmtpDialogue(
    ScriptedSmtp server,
    SmtpScript script,
    Stream stream,
    Recording recording,
    bool underTls,
    Action<ScriptedMessage> keep
)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly LineReader _lines = new(stream, recording);
    private readonly List<string> _recipients = [];
    private string _sender = "";

    /// <returns>Whether to go on.</returns>
    public async Task<bool> GreetAsync(CancellationToken gone)
    {
        await HoldAsync(SmtpPoint.Greeting, gone);
        foreach (
            var part in script.GreetingPause > TimeSpan.Zero ? script.Greeting.Select(c => $"{c}") : [script.Greeting]
        )
        {
            await SendAsync(part, gone);
            await Task.Delay(script.GreetingPause, gone);
        }

        return !script.DropsAfterGreeting;
    }

    /// <returns>Whether TLS is to follow; otherwise the connection is over.</returns>
    public async Task<bool> ServeAsync(CancellationToken gone)
    {
        while (await _lines.ReadAsync(gone) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await EhloAsync(gone);
                    break;
                case "STARTTLS" when !underTls:
                    await SendAsync($"{script.StartTlsReply}\r\n{script.Injection}", gone);
                    if (script.StartTlsReply.StartsWith('2'))
                    {
                        return true;
                    }

                    break;
                case "MAIL":
                    (_sender, var reply) = (Address(line), script.MailReply);
                    _recipients.Clear();
                    await SendAsync($"{reply}\r\n", gone);
                    break;
                case "RCPT":
                    await RecipientAsync(Address(line), gone);
                    break;
                case "DATA":
                    if (!await DataAsync(gone))
                    {
                        return false;
                    }

                    break;
                case "QUIT":
                    await SendAsync("221 bye\r\n", gone);
                    return false;
                default:
                    await SendAsync(verb is "HELO" or "RSET" or "NOOP" ? "250 fine\r\n" : "502 what?\r\n", gone);
                    break;
            }
        }

        return false;
    }

    private async Task EhloAsync(CancellationToken gone)
    {
        if (underTls && script.RefusesEhloUnderTls)
        {
            await SendAsync("502 5.5.1 no EHLO here\r\n", gone);
            return;
        }

        while (script.EndlessEhlo)
        {
            await SendAsync(
                string.Concat(Enumerable.Repeat("250-ENDLESS endless endless endless endless\r\n", 100)),
                gone
            );
        }

        var extensions = underTls ? script.ExtensionsUnderTls ?? script.Extensions : script.Extensions;
        var offered = extensions.Concat(script.OffersStartTls && !underTls ? ["STARTTLS"] : []);
        await SendAsync(
            string.Concat(
                offered.Select(e => $"250-{e}\r\n").Prepend($"250-{server.HostName}\r\n").Append("250 HELP\r\n")
            ),
            gone
        );
    }

    private async Task RecipientAsync(string address, CancellationToken gone)
    {
        await HoldAsync(SmtpPoint.BeforeRecipientReply, gone);
        var reply = script.RecipientReply(address);
        if (reply.StartsWith('2'))
        {
            _recipients.Add(address);
        }

        await SendAsync($"{reply}\r\n", gone);
        await HoldAsync(SmtpPoint.AfterRecipientReply, gone);
    }

    /// <returns>Whether to go on.</returns>
    private async Task<bool> DataAsync(CancellationToken gone)
    {
        await HoldAsync(SmtpPoint.BeforeDataReply, gone);
        await SendAsync($"{script.DataReply}\r\n", gone);
        if (!script.DataReply.StartsWith('3'))
        {
            return true;
        }

        var content = new StringBuilder();
        while (await _lines.ReadAsync(gone) is { } line)
        {
            if (line == ".")
            {
                var message = new ScriptedMessage(
                    _sender,
                    [.. _recipients],
                    Encoding.Latin1.GetBytes(content.ToString()),
                    underTls,
                    Clock.GetUtcNow()
                );
                if (script.KeepsMessages)
                {
                    keep(message);
                }

                await HoldAsync(SmtpPoint.BeforeMessageReply, gone);
                if (script.DropsAfterData)
                {
                    return false;
                }

                message.IsAnswered = true;
                await SendAsync($"{script.MessageReply}\r\n", gone);
                await HoldAsync(SmtpPoint.AfterMessageReply, gone);
                return true;
            }

            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return false;
    }

    private async Task HoldAsync(SmtpPoint point, CancellationToken gone)
    {
        if (script.Pause is { } pause && pause.At == point)
        {
            await Task.Delay(pause.For, gone);
        }

        if (server.Take(point) is { } stall)
        {
            await stall.HoldAsync(gone);
        }
    }

    private async Task SendAsync(string text, CancellationToken gone) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), gone);

    private static string Address(string line) =>
        line.IndexOf('<', StringComparison.Ordinal) is var start and >= 0
            ? line[(start + 1)..line.IndexOf('>', start)]
            : "";
}
