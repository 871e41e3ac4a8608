using System.Security.Cryptography;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What became of the wish for a one-time code.</summary>
internal enum CodeRequestAnswer
{
    /// <summary>A code is on its way.</summary>
    Mailed,

    /// <summary>The address is missing, or not the one to which the link was mailed.</summary>
    WrongAddress,

    /// <summary>Too many for this link today, or from this network address.</summary>
    TooMany,

    /// <summary>The recipient's mail server does not reach the policy now: a code in such a mail would protect nothing.</summary>
    NotSafe,

    /// <summary>The link mails no codes, is locked, or is not live: its page says so.</summary>
    NotAsked,
}

/// <summary>A wish for a one-time code, judged.</summary>
/// <param name="Answer">What became of it.</param>
/// <param name="Row">The link; null where there is none.</param>
internal sealed record AskedCode(CodeRequestAnswer Answer, LinkRow? Row)
{
    /// <summary>The mail with the code, to be started by whoever asked; null where none is due.</summary>
    public OwnMailOrder? Mail { get; init; }
}

/// <summary>
/// One-time codes by mail, for the recipient alone: asked for with the recipient's own address, so that scanners get none sent; within limits per link
/// and network address; and only where the mail with it is protected as attachments would be.
/// </summary>
internal sealed class CodeRequests(
    LinkTable links,
    MessageTable messages,
    ISecretRoutes routes,
    Trail trail,
    ClientBudget budget,
    AddressHash hash,
    TimeProvider time
)
{
    private const int MaxTries = 8;
    private const int SeedCharacters = 32;

    /// <summary>Judges the wish, and writes down the code where one is to be mailed.</summary>
    /// <param name="token">The token of the URL.</param>
    /// <param name="typed">The recipient's own address as typed; null where absent.</param>
    /// <param name="client">Network address of the client; counted, never stored.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed.</exception>
    public async Task<AskedCode> AskAsync(LinkToken token, string? typed, string client, CancellationToken cancellation)
    {
        var row = await links.FindAsync(token.LinkId, cancellation);
        var now = time.GetUtcNow();
        if (
            row is not { Lock.Kind: AccessCodeKind.Mail, WrongCodes: < CodeTries.Most }
            || LinkJudge.StateAt(row, now) is not (LinkState.Live or LinkState.UsedUp)
        )
        {
            return new AskedCode(CodeRequestAnswer.NotAsked, row);
        }

        if (!row.IsFor(typed, hash))
        {
            return new AskedCode(CodeRequestAnswer.WrongAddress, row);
        }

        return MailedCode.IsOnItsWay(row, now) ? new AskedCode(CodeRequestAnswer.Mailed, row)
            : !budget.TryTake(Counted.MailedCodes, client) || MailedCode.CountOn(row, now) >= MailedCode.MostADay
                ? new AskedCode(CodeRequestAnswer.TooMany, row)
            : await IsSafeAsync(row, MailAddress.Parse(typed!.Trim()), cancellation)
                ? await IssueAsync(row, cancellation)
            : new AskedCode(CodeRequestAnswer.NotSafe, row);
    }

    private async Task<bool> IsSafeAsync(LinkRow row, MailAddress holder, CancellationToken cancellation) =>
        await messages.FindAsync(row.MessageId, cancellation) is { } message
        && await routes.FindAsync(holder.Domain, message.TlsPolicyOption, cancellation) is not null;

    private async Task<AskedCode> IssueAsync(LinkRow found, CancellationToken cancellation)
    {
        var row = found;
        for (var i = 0; i < MaxTries; i++)
        {
            var now = time.GetUtcNow();
            var seed = RandomNumberGenerator.GetHexString(SeedCharacters, lowercase: true);
            var renewed = MailedCode.Renew(row, seed, now);
            if (await links.UpdateAsync(renewed, cancellation) == WriteOutcome.Done)
            {
                await trail.TellAsync(renewed, LinkEvents.CodeMailed(renewed, now), cancellation);
                return new AskedCode(CodeRequestAnswer.Mailed, renewed)
                {
                    Mail = new OwnMailOrder(CodeMail.Slug, row.MessageId, row.N, MailedCode.SerialOf(renewed)),
                };
            }

            if (await links.FindAsync(row.LinkId, cancellation) is not { } again)
            {
                return new AskedCode(CodeRequestAnswer.NotAsked, null);
            }

            if (MailedCode.IsOnItsWay(again, now))
            {
                return new AskedCode(CodeRequestAnswer.Mailed, again);
            }

            row = again;
        }

        throw new TransientFault("Too many writers of one link at a time.");
    }
}
