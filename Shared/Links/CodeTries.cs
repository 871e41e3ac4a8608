using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What became of a code that somebody typed.</summary>
internal enum CodeAnswer
{
    /// <summary>It opens the link, or the link asks for none.</summary>
    Right,

    /// <summary>It does not.</summary>
    Wrong,

    /// <summary>Too many wrong codes: the sender must extend the link first.</summary>
    Locked,

    /// <summary>Too many codes from one network address: later.</summary>
    TooMany,

    /// <summary>The link is not live.</summary>
    Over,
}

/// <summary>A code that somebody typed, judged.</summary>
/// <param name="Answer">What became of it.</param>
/// <param name="Row">The link; null where there is none.</param>
internal sealed record TriedCode(CodeAnswer Answer, LinkRow? Row);

/// <summary>Compares typed codes within limits: per link in storage, per network address in this process.</summary>
internal sealed class CodeTries(
    LinkTable links,
    LinkLocks locks,
    Trail trail,
    ClientBudget budget,
    AddressHash hash,
    TimeProvider time
)
{
    /// <summary>Wrong codes that lock a link.</summary>
    public const int Most = 5;

    /// <summary>More writers of one row at a time are machines.</summary>
    private const int MaxWrites = 8;

    /// <summary>
    /// Judges a code. A wrong one is written down before it is compared, so that tries side by side are all counted. What cannot be a code at
    /// all (a form posted empty, or filled with a word by a scanner) and the same wrong code again cost no try.
    /// </summary>
    /// <param name="token">The token of the URL.</param>
    /// <param name="typed">As typed; null where absent.</param>
    /// <param name="client">Network address of the client; counted, never stored.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed.</exception>
    public async Task<TriedCode> TryAsync(LinkToken token, string? typed, string client, CancellationToken cancellation)
    {
        var code = AccessCodeText.Normalize(typed);
        var mark = hash.For("wrong-code", token.LinkId, code);
        for (var i = 0; i < MaxWrites; i++)
        {
            var row = await links.FindAsync(token.LinkId, cancellation);
            if (Judge(row, code, mark, client) is { } known)
            {
                return !IsUnforgiven(known, row, code, mark, client) ? new TriedCode(known, row)
                    : locks.Opens(row!, code) ? await ForgiveAsync(token.LinkId, cancellation)
                    : await SpendAsync(row!, cancellation);
            }

            var counted = row! with { WrongCodes = row.WrongCodes + 1, LastWrongCode = mark };
            if (await links.UpdateAsync(counted, cancellation) == WriteOutcome.Done)
            {
                return locks.Opens(row, code) ? await ForgiveAsync(token.LinkId, cancellation)
                    : locks.OpensOnce(row, code, time.GetUtcNow()) ? await SpendAsync(row, cancellation)
                    : await TellAsync(counted, cancellation);
            }
        }

        throw new TransientFault("Too many writers of one link at a time.");
    }

    /// <summary>What is known before comparing; null where the code must be compared.</summary>
    private CodeAnswer? Judge(LinkRow? row, string code, string mark, string client) =>
        LinkJudge.StateAt(row, time.GetUtcNow()) is not (LinkState.Live or LinkState.UsedUp) ? CodeAnswer.Over
        : !row!.Lock.IsSet ? CodeAnswer.Right
        : row.WrongCodes >= Most ? CodeAnswer.Locked
        : code.Length == 0 || string.Equals(row.LastWrongCode, mark, StringComparison.Ordinal) ? CodeAnswer.Wrong
        : !budget.TryTake(Counted.Codes, client) ? CodeAnswer.TooMany
        : null;

    /// <summary>
    /// The last code that was counted is the right one: whoever typed it saw storage fail before it was forgiven. Counted apart: a scanner that
    /// repeats one wrong code must not use up what the people behind its network address may try.
    /// </summary>
    private bool IsUnforgiven(CodeAnswer known, LinkRow? row, string code, string mark, string client) =>
        known is CodeAnswer.Wrong or CodeAnswer.Locked
        && code.Length > 0
        && string.Equals(row!.LastWrongCode, mark, StringComparison.Ordinal)
        && budget.TryTake(Counted.SameCodes, client)
        && (locks.Opens(row, code) || locks.OpensOnce(row, code, time.GetUtcNow()));

    private async Task<TriedCode> TellAsync(LinkRow row, CancellationToken cancellation)
    {
        await trail.TellAsync(row, LinkEvents.WrongCode(row, time.GetUtcNow()), cancellation);
        return new TriedCode(row.WrongCodes >= Most ? CodeAnswer.Locked : CodeAnswer.Wrong, row);
    }

    /// <summary>A one-time code opens once: of several that type it at one time, the first.</summary>
    private Task<TriedCode> SpendAsync(LinkRow opened, CancellationToken cancellation) =>
        ForgiveAsync(
            opened.LinkId,
            cancellation,
            row => string.Equals(row.CodeSeed, opened.CodeSeed, StringComparison.Ordinal)
        );

    /// <summary>Whoever has the code has made no mistake.</summary>
    private async Task<TriedCode> ForgiveAsync(
        string linkId,
        CancellationToken cancellation,
        Func<LinkRow, bool>? isStillGood = null
    )
    {
        for (var i = 0; i < MaxWrites; i++)
        {
            var row = await links.FindAsync(linkId, cancellation);
            if (row is null)
            {
                return new TriedCode(CodeAnswer.Over, null);
            }

            if (isStillGood?.Invoke(row) == false)
            {
                return new TriedCode(CodeAnswer.Wrong, row);
            }

            var forgiven = MailedCode.Spend(row) with { WrongCodes = 0, LastWrongCode = "" };
            if (await links.UpdateAsync(forgiven, cancellation) == WriteOutcome.Done)
            {
                return new TriedCode(CodeAnswer.Right, forgiven);
            }
        }

        throw new TransientFault("Too many writers of one link at a time.");
    }
}
