using Azure.Data.Tables;
using TlsOrLink.Events;
using TlsOrLink.Routing;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>The row <c>m</c> of a message: the commit of intake. It names the attempt whose rows and blobs count.</summary>
internal sealed partial class MessageRow(TableEntity entity) : ChainedRow(entity)
{
    /// <summary><see cref="FileCount"/> before the files are taken out.</summary>
    public const int FilesNotTakenOut = -1;

    public MessageRow(string id)
        : this(new TableEntity(id, Keys.Message)) { }

    /// <summary>32 lower-case hex characters.</summary>
    public string Id => Entity.PartitionKey;

    public override string Chain => "m";

    /// <summary>No recipient of the message is waiting any more.</summary>
    public bool IsFinished =>
        State is MessageState.Completed or MessageState.Cancelled or MessageState.Rejected or MessageState.Expired;

    /// <summary>8 lower-case hex characters.</summary>
    public string Attempt
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>Name of the caller that owns the message.</summary>
    public override string Caller
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>Envelope sender.</summary>
    public string Sender
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    public MessageState State
    {
        get => Word<MessageState>() ?? MessageState.Stored;
        set => SetWord<MessageState>(value);
    }

    public override DateTimeOffset CreatedAt
    {
        get => Instant() ?? DateTimeOffset.UnixEpoch;
        set => Set(value);
    }

    /// <summary>Null until the message is finished.</summary>
    public DateTimeOffset? CompletedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>Size of the message as stored.</summary>
    public long Bytes
    {
        get => Get<long>();
        set => Set(value);
    }

    public int RecipientCount
    {
        get => Get<int>();
        set => Set(value);
    }

    public int DomainCount
    {
        get => Get<int>();
        set => Set(value);
    }

    /// <summary>Files taken out, or <see cref="FilesNotTakenOut"/>.</summary>
    public int FileCount
    {
        get => Entity.GetInt32(nameof(FileCount)) ?? FilesNotTakenOut;
        set => Set(value);
    }

    /// <summary>The message is no sound MIME: by link mail it is written anew even where it has no files. Known once they are taken out.</summary>
    public bool IsFaulty
    {
        get => Get<bool>();
        set => Set(value);
    }

    public RouteOption RouteOption
    {
        get => Word<RouteOption>() ?? RouteOption.Auto;
        set => SetWord<RouteOption>(value);
    }

    /// <summary>A stricter policy that the caller asked for; null for the configured one.</summary>
    public TlsPolicy? TlsPolicyOption
    {
        get => Word<TlsPolicy>();
        set => SetWord(value);
    }

    /// <summary>Life of the links; null for the configured one.</summary>
    public int? LinkLifeHours
    {
        get => Entity.GetInt32(nameof(LinkLifeHours));
        set => Set(value);
    }

    /// <summary>The body goes behind the link as well.</summary>
    public bool ProtectBody
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>SHA-256 of the decoded fields and parts, lower-case hex: the same for two sendings of one request.</summary>
    public string BodyHash
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    public bool HasIdempotencyKey
    {
        get => Get<bool>();
        set => Set(value);
    }

    public MailLanguage Language
    {
        get => Word<MailLanguage>() ?? MailLanguage.En;
        set => SetWord<MailLanguage>(value);
    }

    /// <summary>Name of the blob in <see cref="ContainerNames.Messages"/>.</summary>
    public string Blob
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>What the message rules said: see <see cref="Screening.RuleHit.Read"/>; null for nothing.</summary>
    public string? RuleHits
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>When the last link of the message expires; null where none was made.</summary>
    public DateTimeOffset? LinksUntil
    {
        get => Instant();
        set => Set(value);
    }
}
