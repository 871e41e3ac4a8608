using System.Collections.Immutable;
using TlsOrLink.Messages;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>The recipients of one transaction to come.</summary>
/// <param name="Rows">Who.</param>
internal sealed record SendUnit(IReadOnlyList<RecipientRow> Rows)
{
    /// <summary>The rows are as the round's begin read them: where the claim is lost they are read, once.</summary>
    public bool IsInHand { get; init; }

    /// <summary>Hosts that sent them away in this round.</summary>
    public ImmutableHashSet<string> Tried { get; init; } =
        ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the last of those said; null before the first.</summary>
    public SentAway? Earlier { get; init; }

    /// <summary>
    /// Parts those whom another host may still take in this round (RFC 5321 section 5.1) from those whose fate stands. Whose RCPT was taken is never
    /// among the first: for them DATA may have begun.
    /// </summary>
    public (SendUnit Settled, TransactionResult Result, SendUnit Moves) Part(
        TransactionResult result,
        Opening.Ready connection
    )
    {
        var moves = Rows.Index().Select(row => Moved(result, row.Index)).ToList();
        var away = Take(result, moves, wanted: true);
        return (
            new SendUnit(Take(Rows, moves, wanted: false)),
            result with
            {
                Recipients = Take(result.Recipients, moves, wanted: false),
            },
            new SendUnit(Take(Rows, moves, wanted: true))
            {
                Tried = Tried.Add(connection.Evidence.Host),
                Earlier = new SentAway(away, connection),
            }
        );
    }

    private static bool Moved(TransactionResult result, int index) =>
        Fates.Of(result, index) == Fate.Deferred && result.Recipients[index] is not { IsPositive: true };

    private static TransactionResult Take(TransactionResult result, List<bool> moves, bool wanted) =>
        result with
        {
            Recipients = Take(result.Recipients, moves, wanted),
        };

    private static IReadOnlyList<T> Take<T>(IReadOnlyList<T> all, List<bool> moves, bool wanted) =>
        [.. all.Where((_, i) => moves[i] == wanted)];
}

/// <summary>A host's answer that may pass, which stands where no other host takes the recipients.</summary>
/// <param name="Result">What came of the transaction.</param>
/// <param name="Connection">To whom.</param>
internal sealed record SentAway(TransactionResult Result, Opening.Ready Connection);
