using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>An upload session. Its partition is its caller: another caller's session is not found.</summary>
internal sealed class UploadRow(TableEntity entity) : Row(entity)
{
    public UploadRow(string caller, string id)
        : this(new TableEntity(caller, id)) { }

    /// <summary>32 lower-case hex characters.</summary>
    public string Id => Entity.RowKey;

    /// <summary>Name of the caller.</summary>
    public string Caller => Entity.PartitionKey;

    /// <summary>Name of the blob in <see cref="ContainerNames.Uploads"/>.</summary>
    public string Blob => Keys.UploadBlob(Caller, Id);

    public DateTimeOffset ExpiresAt
    {
        get => Instant() ?? DateTimeOffset.UnixEpoch;
        set => Set(value);
    }

    /// <summary>Id of the message that refers to it; null for none.</summary>
    public string? UsedBy
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>Attempts at the intake of that message that have it: several requests with one key may be under way.</summary>
    public IReadOnlyList<string> Attempts
    {
        get => Get<string>()?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        set => Set(string.Join(',', value));
    }

    /// <summary>When that message took it.</summary>
    public DateTimeOffset? UsedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>An attempt at the intake of a message has it now, with those of the same message that have it already.</summary>
    public void Claim(string message, string attempt, DateTimeOffset now)
    {
        var others = string.Equals(UsedBy, message, StringComparison.Ordinal) ? Attempts : [];
        (UsedBy, UsedAt) = (message, now);
        Attempts = [.. others.Except([attempt], StringComparer.Ordinal), attempt];
    }

    /// <summary>The attempt has it no more; where it was the last, nobody has.</summary>
    public void GiveBack(string attempt)
    {
        Attempts = [.. Attempts.Except([attempt], StringComparer.Ordinal)];
        if (Attempts.Count == 0)
        {
            (UsedBy, UsedAt) = (null, null);
        }
    }
}
