using System.Net;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>A connection that has ended, with how often each command succeeded.</summary>
/// <param name="Mails">MAIL commands; 0 for a probe.</param>
/// <param name="Data">Messages taken with 250.</param>
public sealed record SmtpSession(int StartTls, int Mails, int Recipients, int Data);

/// <summary>One mail server of the world's <see cref="Postfix"/>.</summary>
public sealed partial class PostfixServer
{
    private readonly Postfix _postfix;

    internal PostfixServer(Postfix postfix, string hostName, IPAddress address, MailFlavour flavour)
    {
        _postfix = postfix;
        (HostName, Address, Flavour) = (hostName, address, flavour);
    }

    public string HostName { get; }

    public IPAddress Address { get; }

    public MailFlavour Flavour { get; private set; }

    /// <summary>Connections accepted so far, the Kit's own excepted.</summary>
    public int Connections => Lines("connect from ").Count() - Lines("lost connection after CONNECT").Count();

    /// <summary>Connections that ended; the log follows them by some milliseconds.</summary>
    public IReadOnlyList<SmtpSession> Sessions =>
        [
            .. Lines("disconnect from ")
                .Where(l =>
                    l.Contains(" ehlo=", StringComparison.Ordinal) || l.Contains(" helo=", StringComparison.Ordinal)
                )
                .Select(l => new SmtpSession(
                    Count(l, "starttls"),
                    Count(l, "mail"),
                    Count(l, "rcpt"),
                    Count(l, "data")
                )),
        ];

    /// <summary>A domain whose only MX host this is.</summary>
    public Zone ZoneFor(string domain) =>
        HostName.EndsWith($".{domain}", StringComparison.Ordinal)
            ? new Zone(domain, $"@ MX 10 {HostName}.", Zone.Host($"{HostName}.", Address))
            : throw new ArgumentException($"{HostName} is not in {domain}: write the zone by hand.", nameof(domain));

    /// <summary>Turns the server into another one at the same address; connections to the old one are cut.</summary>
    public Task BecomeAsync(MailFlavour flavour)
    {
        Flavour = flavour;
        return _postfix.RestartAsync(this);
    }

    /// <summary>Takes the server down: connections are refused until <see cref="BecomeAsync"/>.</summary>
    public Task StopAsync() => _postfix.StopAsync(this);

    /// <summary>What came in here and was delivered, oldest first.</summary>
    public IReadOnlyList<DeliveredMail> GetMail() => [.. _postfix.GetMail().Where(m => m.By == HostName)];

    /// <summary>Waits until so many mails (or more) were delivered.</summary>
    public Task<IReadOnlyList<DeliveredMail>> WaitForMailAsync(int count = 1, TimeSpan? within = null) =>
        Eventually.GetAsync(
            () => Task.FromResult(GetMail() is var mail && mail.Count >= count ? mail : null),
            within,
            () => $"{HostName} has {GetMail().Count} of {count} mails. Postfix says:\n{_postfix.Log.Text}"
        );

    /// <summary>Waits until so many connections (or more) have ended.</summary>
    public Task<IReadOnlyList<SmtpSession>> WaitForSessionsAsync(int count = 1, TimeSpan? within = null) =>
        Eventually.GetAsync(
            () => Task.FromResult(Sessions is var sessions && sessions.Count >= count ? sessions : null),
            within,
            () => $"{HostName} has {Sessions.Count} of {count} sessions. Postfix says:\n{_postfix.Log.Text}"
        );

    private IEnumerable<string> Lines(string containing) =>
        _postfix.Log.Lines.Where(l =>
            l.Contains($" {SmtpdLine.LogName(Address)}/smtpd[", StringComparison.Ordinal)
            && l.Contains($": {containing}", StringComparison.Ordinal)
        );

    /// <summary>Of "2" or "1/2" (one of two succeeded) the successes.</summary>
    private static int Count(string line, string command) =>
        Command().Matches(line).FirstOrDefault(m => m.Groups["name"].Value == command) is { } found
            ? int.Parse(found.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@" (?<name>[a-z]+)=(?<count>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
