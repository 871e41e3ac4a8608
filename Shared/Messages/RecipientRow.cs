using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Events;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>One recipient of a message: its state, its ledger and its receipt.</summary>
internal sealed partial class RecipientRow(TableEntity entity) : ChainedRow(entity)
{
    public RecipientRow(string id, string attempt, int n)
        : this(new TableEntity(id, Keys.Recipient(attempt, n))) { }

    /// <summary>Id of the message.</summary>
    public string MessageId => Entity.PartitionKey;

    /// <summary>Number in the message, from 0, sorted by domain.</summary>
    public int N => int.Parse(Entity.RowKey.AsSpan(Entity.RowKey.LastIndexOf(':') + 1), Invariant);

    public override string Chain => string.Create(Invariant, $"r{N}");

    /// <summary>The key is one that <see cref="Keys.Recipient"/> gives.</summary>
    public bool HasOwnKey =>
        int.TryParse(Entity.RowKey.AsSpan(Entity.RowKey.LastIndexOf(':') + 1), NumberStyles.None, Invariant, out var n)
        && string.Equals(Entity.RowKey, Keys.Recipient(Attempt, n), StringComparison.Ordinal);

    public override DateTimeOffset CreatedAt
    {
        get => Instant() ?? DateTimeOffset.UnixEpoch;
        set => Set(value);
    }

    /// <summary>The intake attempt that wrote the row.</summary>
    public string Attempt => Entity.RowKey.Split(':')[1];

    /// <summary>Nothing more will be sent to this recipient.</summary>
    public bool IsFinished =>
        IsHandedOver
        || State
            is not (RecipientState.Held or RecipientState.Probing or RecipientState.Sending or RecipientState.Deferred);

    /// <summary>Ends in <paramref name="state"/>, a failure; but one that is in doubt is never said to have failed.</summary>
    public void Fail(RecipientState state) => State = InDoubt ? RecipientState.Unconfirmed : state;

    /// <summary>Envelope sender, repeated from the message so that a delivery reads its own range alone.</summary>
    public string Sender
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    public string Address
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>A-labels.</summary>
    public string Domain
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    public RecipientState State
    {
        get => Word<RecipientState>() ?? RecipientState.Probing;
        set => SetWord<RecipientState>(value);
    }

    /// <summary>The route of the first plan; null before it.</summary>
    public Route? PlannedRoute
    {
        get => Word<Route>();
        set => SetWord(value);
    }

    /// <summary>The route that was taken, or is to be taken now.</summary>
    public Route? Route
    {
        get => Word<Route>();
        set => SetWord(value);
    }

    /// <summary>The level that the plan rests on.</summary>
    public TlsLevel? Level
    {
        get => Word<TlsLevel>();
        set => SetWord(value);
    }

    /// <summary>Slug.</summary>
    public string? Reason
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>A sentence for people.</summary>
    public string? Detail
    {
        get => Get<string>();
        set => Set(value);
    }

    public LedgerState? Ledger
    {
        get => Word<LedgerState>();
        set => SetWord(value);
    }

    /// <summary>Token of the transaction that holds the claim.</summary>
    public string? ClaimedBy
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>When the claim was taken or last renewed.</summary>
    public DateTimeOffset? ClaimedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>TLS was lost at the moment of sending: the body goes behind the link as well.</summary>
    public bool ProtectBody
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>A transaction of an earlier round has an end that nobody knows: it may have arrived, whatever later ones say.</summary>
    public bool InDoubt
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>The message has bytes over 127: its host must offer 8BITMIME (RFC 6152).</summary>
    public bool EightBit
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>The round of the retry schedule, from 0.</summary>
    public int Round
    {
        get => Get<int>();
        set => Set(value);
    }

    /// <summary>Transactions tried.</summary>
    public int Attempts
    {
        get => Get<int>();
        set => Set(value);
    }

    public DateTimeOffset? NextAttemptAt
    {
        get => Instant();
        set => Set(value);
    }

    public int? LastReplyCode
    {
        get => Entity.GetInt32(nameof(LastReplyCode));
        set => Set(value);
    }

    public string? LastReply
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>JSON; null before there is one.</summary>
    public string? Receipt
    {
        get => Get<string>();
        set => Set(value);
    }

    public DateTimeOffset UpdatedAt
    {
        get => Instant() ?? DateTimeOffset.UnixEpoch;
        set => Set(value);
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
