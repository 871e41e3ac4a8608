using System.Security.Authentication;
using MailKit;
using MailKit.Net.Smtp;

namespace TlsOrLink.Smtp;

/// <summary>Says what a connection means that did not become what it should. Pure.</summary>
internal static class ConnectJudge
{
    private const int ServiceClosing = 421;

    /// <summary>The peer or the network can be at fault; anything else is a bug of ours and goes up.</summary>
    public static bool IsOfThePeer(Exception error) =>
        error
            is IOException
                or OperationCanceledException
                or ObjectDisposedException
                or ProtocolException
                or CommandException
                or AuthenticationException;

    /// <summary>A connection that ended in an exception.</summary>
    public static ConnectOutcome Broken(Exception error, SmtpLine line)
    {
        var (conversation, watch, address) = (line.Client.Conversation, line.Peer.Watch, line.Address);
        var secured = line.Tls.Stream is not null;
        return error switch
        {
            _ when watch.Injected => new ConnectOutcome.NoTls(SmtpReasons.Injection, address),
            _ when Has<OperationCanceledException>(error) => new ConnectOutcome.Unreachable(
                SmtpReasons.Timeout,
                address
            ),
            _ when Has<PeerFloodException>(error) => new ConnectOutcome.Unreachable(SmtpReasons.Flood, address),
            _ when watch.Granted && (!secured || Has<AuthenticationException>(error) || IsAlert(error)) =>
                new ConnectOutcome.NoTls(watch.TooOld ? SmtpReasons.TlsTooOld : SmtpReasons.HandshakeFailed, address),
            SmtpCommandException => Refused(conversation.Code, line),
            SmtpProtocolException when !line.Peer.Ended => new ConnectOutcome.Unreachable(SmtpReasons.NotSmtp, address),
            WireFault fault => new ConnectOutcome.Unreachable(fault.Reason, address),
            _ => new ConnectOutcome.Unreachable(SmtpReasons.Dropped, address),
        };
    }

    /// <summary>A server that greeted and does not offer STARTTLS. MailKit turns to HELO where EHLO is refused: 4xx is no answer.</summary>
    public static ConnectOutcome NotOffered(SmtpLine line) =>
        line.Client.Conversation.EhloCode is >= 400 and < 500 and var code
            ? new ConnectOutcome.Busy(SmtpReasons.Busy, line.Address, code)
            : new ConnectOutcome.NoTls(SmtpReasons.NotOffered, line.Address);

    /// <summary>A server that answered STARTTLS with another code than 220. 454 is a refusal too: a link can go at once.</summary>
    public static ConnectOutcome StartTlsRefused(int code, SmtpLine line) =>
        code == ServiceClosing
            ? new ConnectOutcome.Busy(SmtpReasons.Busy, line.Address, code)
            : new ConnectOutcome.NoTls(SmtpReasons.Refused, line.Address);

    /// <summary>A server that refused EHLO over TLS.</summary>
    public static ConnectOutcome EhloRefused(int code, SmtpLine line) =>
        code / 100 == 5
            ? new ConnectOutcome.NoTls(SmtpReasons.EhloAfterTlsRefused, line.Address)
            : new ConnectOutcome.Busy(SmtpReasons.Busy, line.Address, code);

    private static ConnectOutcome.Busy Refused(int code, SmtpLine line) =>
        new(code / 100 == 5 ? SmtpReasons.BannerRefused : SmtpReasons.Busy, line.Address, code);

    // A server that wants a certificate of the client says so after the handshake (TLS 1.3).
    private static bool IsAlert(Exception error) => Chain(error).Any(inner => inner.GetType().Name is "SslException");

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
