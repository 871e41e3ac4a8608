using System.Text;

namespace TlsOrLink.Smtp;

/// <summary>AUTH over TLS (RFC 4954).</summary>
internal sealed class SmtpLogin(SmtpWire wire, TimeSpan limit)
{
    private const int Continue = 334;

    /// <summary>PLAIN (RFC 4616) where it is offered, else LOGIN.</summary>
    /// <returns>The last reply; null where neither is offered or the connection broke.</returns>
    public async Task<SmtpReply?> RunAsync(
        string mechanisms,
        string user,
        string secret,
        CancellationToken cancellation
    )
    {
        var offered = mechanisms.Split(' ');
        string[]? lines =
            offered.Contains("PLAIN", StringComparer.Ordinal) ? [$"AUTH PLAIN {Base64($"\0{user}\0{secret}")}"]
            : offered.Contains("LOGIN", StringComparer.Ordinal) ? ["AUTH LOGIN", Base64(user), Base64(secret)]
            : null;
        try
        {
            return lines is null ? null : await SayAsync(lines, cancellation);
        }
        catch (WireFault)
        {
            return null;
        }
    }

    private async Task<SmtpReply> SayAsync(string[] lines, CancellationToken cancellation)
    {
        SmtpReply? reply = null;
        foreach (var line in lines)
        {
            await wire.SendAsync(Encoding.ASCII.GetBytes(line + "\r\n"), limit, cancellation);
            reply = await wire.ReadReplyAsync(limit, cancellation);
            if (reply.Code != Continue)
            {
                break;
            }
        }

        return reply!;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
