using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>One file that was taken out of a message.</summary>
internal sealed class FileRow(TableEntity entity) : Row(entity)
{
    public FileRow(string id, string attempt, int n)
        : this(new TableEntity(id, Keys.File(attempt, n))) { }

    /// <summary>Number in the message, from 1.</summary>
    public int N => int.Parse(Entity.RowKey.AsSpan(Entity.RowKey.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);

    /// <summary>A name that is safe to show and to save under.</summary>
    public string Name
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>MIME type without parameters.</summary>
    public string ContentType
    {
        get => Get<string>() ?? "application/octet-stream";
        set => Set(value);
    }

    /// <summary>Decoded size.</summary>
    public long Bytes
    {
        get => Get<long>();
        set => Set(value);
    }

    /// <summary>Of the decoded bytes, lower-case hex.</summary>
    public string Sha256
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>Name of the blob in <see cref="ContainerNames.Files"/>.</summary>
    public string Blob
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }
}
