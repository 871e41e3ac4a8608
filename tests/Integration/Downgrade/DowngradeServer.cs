using System.Net;
using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Downgrade;

/// <summary>A server that offers good TLS until it turns.</summary>
internal abstract class DowngradeServer
{
    public abstract string HostName { get; }

    public abstract IPAddress Address { get; }

    /// <summary>What its domain says of it by DANE: usage, selector, matching type and data of a TLSA record.</summary>
    public abstract (int Usage, int Selector, int Matching, string Hex) Tlsa { get; }

    /// <summary>From here on it is the attacker's.</summary>
    public abstract Task TurnAsync();

    /// <summary>All that it got beside what the wire shows: under TLS, deciphered.</summary>
    public abstract string UnderTls { get; }

    /// <summary>The mails that it took for a recipient.</summary>
    public abstract IReadOnlyList<ScriptedMessage> MailTo(string recipient);

    /// <summary>What no real server does.</summary>
    public sealed class Scripted : DowngradeServer
    {
        private readonly ScriptedSmtp server;
        private readonly ServerCertificate good;
        private readonly Func<int, SmtpScript> turned;

        public Scripted(TestWorld world, string host, Func<int, SmtpScript> turned)
        {
            (server, good, this.turned) = (world.StartScripted(host), world.Authority.Issue(host), turned);
            server.Script = _ => new SmtpScript { Certificate = good };
        }

        public override (int Usage, int Selector, int Matching, string Hex) Tlsa => (3, 1, 1, good.KeySha256);

        public override string HostName => server.HostName;

        public override IPAddress Address => server.Address;

        public override string UnderTls => string.Concat(server.Connections.Select(c => c.UnderTls));

        public override Task TurnAsync()
        {
            server.Script = turned;
            return Task.CompletedTask;
        }

        public override IReadOnlyList<ScriptedMessage> MailTo(string recipient) =>
            [.. server.Messages.Where(m => m.Recipients.Contains(recipient))];
    }

    /// <summary>A Postfix that is configured anew.</summary>
    public sealed class Real(PostfixServer server, MailFlavour turned, PrivateAuthority authority) : DowngradeServer
    {
        public override (int Usage, int Selector, int Matching, string Hex) Tlsa =>
            (2, 0, 1, Convert.ToHexString(SHA256.HashData(authority.Certificate.RawData)));

        public override string HostName => server.HostName;

        public override IPAddress Address => server.Address;

        public override string UnderTls => string.Concat(server.GetMail().Select(mail => mail.Text));

        public override Task TurnAsync() => server.BecomeAsync(turned);

        public override IReadOnlyList<ScriptedMessage> MailTo(string recipient) =>
            [
                .. server
                    .GetMail()
                    .Where(mail => mail.Recipient == recipient)
                    .Select(mail => new ScriptedMessage(
                        "",
                        [recipient],
                        Encoding.Latin1.GetBytes(mail.Text),
                        mail.Tls is not null,
                        DateTimeOffset.UnixEpoch
                    )),
            ];
    }

    /// <summary>Certificates that are not the one the probe saw, one after another.</summary>
    public static Func<int, SmtpScript> OtherCertificates(TestWorld world, string host)
    {
        ServerCertificate[] others =
        [
            world.Authority.Issue(new CertificateWish(host) { SelfSigned = true }),
            world.Authority.Issue("mx.elsewhere.test"),
            world.Authority.Issue(CertificateWish.Expired(host)),
        ];
        return number => new SmtpScript { Certificate = others[number % others.Length] };
    }
}
