using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>What one transaction means for one recipient.</summary>
internal enum Fate
{
    /// <summary>The server took it.</summary>
    Taken,

    /// <summary>The server will never take it from us.</summary>
    Refused,

    /// <summary>Not now.</summary>
    Deferred,

    /// <summary>Nobody knows.</summary>
    Unconfirmed,

    /// <summary>The host cannot carry the message as it is (size, 8-bit content): its link may go instead.</summary>
    NotAsItIs,
}

/// <summary>From the server's replies to a <see cref="Fate"/> (RFC 5321 section 4.2.1). Pure.</summary>
internal static class Fates
{
    /// <summary>The fate of one recipient.</summary>
    /// <param name="result">What came of the transaction.</param>
    /// <param name="index">The recipient's place in the envelope.</param>
    public static Fate Of(TransactionResult result, int index)
    {
        if (result.Accepted(index))
        {
            return Fate.Taken;
        }

        if (result.Unconfirmed(index))
        {
            return Fate.Unconfirmed;
        }

        return result.Fault switch
        {
            SmtpReasons.TooLarge or SmtpReasons.EightBitNotOffered or SendingReasons.NotCarried => Fate.NotAsItIs,
            SmtpReasons.SmtpUtf8NotOffered => Fate.Refused,
            _ => OfReply(result.Deciding(index)),
        };
    }

    // 552 and 5.3.4: the message is too big for the system (RFC 5321 section 4.2.3, RFC 3463 section 3.4).
    private static Fate OfReply(SmtpReply? reply) =>
        reply switch
        {
            { IsPermanent: true, Enhanced: "5.3.4" } => Fate.NotAsItIs,
            { IsPermanent: true, Code: 552, Enhanced: null } => Fate.NotAsItIs,
            { IsPermanent: true, Enhanced: "5.7.30" } => Fate.NotAsItIs, // REQUIRETLS cannot be kept (RFC 8689 section 8)
            { IsPermanent: true } => Fate.Refused,
            _ => Fate.Deferred,
        };
}
