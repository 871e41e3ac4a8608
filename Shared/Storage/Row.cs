using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace TlsOrLink.Storage;

/// <summary>
/// A table row whose properties are columns of the same name. It is written whole (a null clears the column) by its ETag; columns
/// that this version does not know are kept.
/// </summary>
internal abstract class Row(TableEntity entity)
{
    /// <summary>What is read and written.</summary>
    public TableEntity Entity { get; } = entity;

    /// <summary>The version that was read or last written. The adapter moves it on.</summary>
    public ETag ETag
    {
        get => Entity.ETag;
        set => Entity.ETag = value;
    }

    /// <summary>The column named like the calling property; <c>default</c> where it is not set.</summary>
    protected T? Get<T>([CallerMemberName] string column = "") =>
        Entity.TryGetValue(column, out var value) ? (T?)value : default;

    /// <summary>Sets the column named like the calling property.</summary>
    protected void Set(object? value, [CallerMemberName] string column = "") => Entity[column] = value;

    /// <summary>An instant; storage gives it back as <see cref="DateTimeOffset"/>.</summary>
    protected DateTimeOffset? Instant([CallerMemberName] string column = "") => Entity.GetDateTimeOffset(column);

    /// <summary>An enumeration, kept as its name in lower case; null where it is not set or its name is not known.</summary>
    protected T? Word<T>([CallerMemberName] string column = "")
        where T : struct, Enum => Enum.TryParse<T>(Get<string>(column), ignoreCase: true, out var value) ? value : null;

    /// <summary>Sets an enumeration.</summary>
    protected void SetWord<T>(T? value, [CallerMemberName] string column = "")
        where T : struct, Enum => Set(value?.ToString().ToLowerInvariant(), column);
}

/// <summary>What became of a write by ETag.</summary>
internal enum WriteOutcome
{
    /// <summary>Written; the rows carry their new ETags.</summary>
    Done,

    /// <summary>Somebody else changed or removed a row since it was read (412, 404) or inserted it first (409): read again and decide anew.</summary>
    Conflict,
}
