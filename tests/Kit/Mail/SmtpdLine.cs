using System.Net;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>One line of Postfix's master.cf: a server of a flavour at an address.</summary>
internal static class SmtpdLine
{
    public static string For(PostfixServer server, TempFolder folder, PrivateAuthority authority, int port) =>
        $"{server.Address}:{port} inet n - n - 500 smtpd"
        + string.Concat(Options(server, folder, authority).Select(o => $"\n  -o {{ {o} }}"))
        + "\n";

    /// <summary>What Postfix calls the server in its log.</summary>
    public static string LogName(IPAddress address) => $"kit/{address}";

    private static IEnumerable<string> Options(PostfixServer server, TempFolder folder, PrivateAuthority authority) =>
        [
            $"syslog_name = {LogName(server.Address)}",
            $"myhostname = {server.HostName}",
            .. Tls(server.Flavour, server.HostName, folder, authority),
            .. server.Flavour switch
            {
                MailFlavour.Greylisting => Recipients("450 4.2.0 Greylisted, try again later"),
                MailFlavour.Refusing => Recipients("550 5.1.1 No such mailbox"),
                MailFlavour.Discarding => Recipients("DISCARD"),
                _ => [],
            },
        ];

    private static IEnumerable<string> Tls(
        MailFlavour flavour,
        string host,
        TempFolder folder,
        PrivateAuthority authority
    ) =>
        flavour switch
        {
            MailFlavour.NoTls => ["smtpd_tls_security_level = none"],
            MailFlavour.HandshakeFails => ["smtpd_tls_security_level = may", "smtpd_tls_cert_file = none"],
            MailFlavour.TlsUnavailable =>
            [
                "smtpd_tls_security_level = may",
                $"smtpd_tls_cert_file = {Path.Combine(folder.Root, "absent.pem")}",
            ],
            _ => Certificate(flavour, host, folder, authority),
        };

    private static IEnumerable<string> Certificate(
        MailFlavour flavour,
        string host,
        TempFolder folder,
        PrivateAuthority authority
    )
    {
        var certificate = authority.Issue(
            flavour switch
            {
                MailFlavour.SelfSigned => new CertificateWish(host) { SelfSigned = true },
                MailFlavour.WrongName => new CertificateWish("another.invalid"),
                MailFlavour.Expired => CertificateWish.Expired(host),
                MailFlavour.NotYetValid => CertificateWish.NotYetValid(host),
                _ => new CertificateWish(host),
            }
        );
        var (certificateFile, keyFile) = certificate.WriteTo(folder, $"{host}-{Guid.NewGuid():n}");
        return
        [
            "smtpd_tls_security_level = may",
            $"smtpd_tls_cert_file = {certificateFile}",
            $"smtpd_tls_key_file = {keyFile}",
            .. flavour == MailFlavour.OldTls
                ? ["smtpd_tls_protocols = >=TLSv1, <=TLSv1.1", "tls_medium_cipherlist = @SECLEVEL=0:ALL:!aNULL"]
                : (string[])["smtpd_tls_protocols = >=TLSv1.2"],
        ];
    }

    private static IEnumerable<string> Recipients(string answer) =>
        [$"smtpd_recipient_restrictions = check_recipient_access static:{{{answer}}}, reject"];
}
