using System.Net;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace TlsOrLink.Smtp;

/// <summary>Says what a connection that broke off means. Pure.</summary>
internal static class ConnectJudge
{
    private const int ServiceClosing = 421;

    /// <summary>The outcome of a connection that ended in <paramref name="error"/>.</summary>
    /// <param name="error">What the client threw.</param>
    /// <param name="client">Commands and codes so far, and whether a certificate was seen.</param>
    /// <param name="peer">What was seen under TLS.</param>
    /// <param name="address">The address dialled.</param>
    public static ConnectOutcome Judge(Exception error, StartTlsClient client, PeerStream peer, IPAddress address)
    {
        var (conversation, watch) = (client.Conversation, peer.Watch);
        if (watch.Injected)
        {
            return new ConnectOutcome.NoTls(SmtpReasons.Injection, address);
        }

        return error switch
        {
            _ when Has<OperationCanceledException>(error) => new ConnectOutcome.Unreachable(
                SmtpReasons.Timeout,
                address
            ),
            _ when Has<PeerFloodException>(error) => new ConnectOutcome.Unreachable(SmtpReasons.Flood, address),
            _ when watch.Granted && (client.Tls is null || IsTlsFailure(error)) => new ConnectOutcome.NoTls(
                watch.TooOld ? SmtpReasons.TlsTooOld : SmtpReasons.HandshakeFailed,
                address
            ),
            NotSupportedException => NotOffered(conversation, address),
            SmtpCommandException => Refused(conversation, watch, address),
            SmtpProtocolException when !peer.Ended => new ConnectOutcome.Unreachable(SmtpReasons.NotSmtp, address),
            _ => new ConnectOutcome.Unreachable(SmtpReasons.Dropped, address),
        };
    }

    /// <summary>The peer or the network can be at fault; anything else is a bug of ours and goes up.</summary>
    public static bool IsOfThePeer(Exception error) =>
        error
            is IOException
                or OperationCanceledException
                or NotSupportedException
                or ObjectDisposedException
                or ProtocolException
                or CommandException
                or SslHandshakeException
                or System.Security.Authentication.AuthenticationException;

    /// <summary>A connection that reached TLS and whose last EHLO was refused, though MailKit went on with HELO.</summary>
    public static ConnectOutcome EhloRefused(int code, IPAddress address) =>
        code / 100 == 5
            ? new ConnectOutcome.NoTls(SmtpReasons.EhloAfterTlsRefused, address)
            : new ConnectOutcome.Busy(SmtpReasons.Busy, address, code);

    private static ConnectOutcome NotOffered(Conversation conversation, IPAddress address) =>
        conversation.EhloCode / 100 == 4
            ? new ConnectOutcome.Busy(SmtpReasons.Busy, address, conversation.EhloCode)
            : new ConnectOutcome.NoTls(SmtpReasons.NotOffered, address);

    private static ConnectOutcome Refused(Conversation conversation, StartTlsWatch watch, IPAddress address)
    {
        var code = conversation.Code;
        return conversation.Command switch
        {
            "STARTTLS" when code != ServiceClosing => new ConnectOutcome.NoTls(SmtpReasons.Refused, address),
            "EHLO" or "HELO" when watch.Granted => EhloRefused(conversation.EhloCode, address),
            _ when code / 100 == 5 => new ConnectOutcome.Busy(SmtpReasons.BannerRefused, address, code),
            _ => new ConnectOutcome.Busy(SmtpReasons.Busy, address, code),
        };
    }

    private static bool IsTlsFailure(Exception error) =>
        error is SslHandshakeException
        || Has<System.Security.Authentication.AuthenticationException>(error)
        || Chain(error).Any(inner => inner.GetType().Name is "SslException");

    private static bool Has<T>(Exception error)
        where T : Exception => Chain(error).Any(inner => inner is T);

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }
}
