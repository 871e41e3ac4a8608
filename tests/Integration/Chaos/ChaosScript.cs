using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Chaos;

/// <summary>What a server does with each of its connections: well in half of them, and else whatever goes wrong in the world.</summary>
/// <param name="seed">The same seed gives the same behaviour by number of connection.</param>
/// <param name="hasTls">It offers STARTTLS.</param>
internal sealed class ChaosScript(int seed, bool hasTls)
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(Campaign.Size(sample: 1, full: 10));
    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    /// <summary>Until then all is well, so that domains can be probed: a failed probe counts for a minute.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The script of the next connection.</summary>
    public SmtpScript Next(int _)
    {
        lock (gate)
        {
            return (HasBegun ? Fail(Good) : Good) with { OffersStartTls = hasTls };
        }
    }

    private static SmtpScript Good { get; } =
        new()
        {
            RecipientReply = to =>
                to.StartsWith("refused", StringComparison.Ordinal) ? "550 5.1.1 not here" : "250 2.1.5 fine",
        };

    private SmtpScript Fail(SmtpScript good) =>
        random.Next(20) switch
        {
            0 => SmtpScript.Busy,
            1 => good with { MailReply = "421 4.3.2 closing" },
            2 => good with { DataReply = "421 4.3.2 closing" },
            3 => good with { RecipientReply = _ => "450 4.2.0 greylisted" },
            4 => good with { MessageReply = "451 4.3.0 not now", KeepsMessages = false },
            5 => good with { MessageReply = "421 4.3.0 not now", KeepsMessages = false },
            6 => good with { DropsAfterData = true },
            7 => good with { DropsAfterData = true, KeepsMessages = false },
            8 => good with { Pause = (SmtpPoint.BeforeMessageReply, Stall) },
            9 => good with { Pause = (SmtpPoint.BeforeDataReply, Stall) },
            10 => good with { Pause = (SmtpPoint.Greeting, Stall) },
            _ => good,
        };
}
