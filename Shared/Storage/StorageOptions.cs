using System.ComponentModel.DataAnnotations;
using TlsOrLink.Settings;

namespace TlsOrLink.Storage;

/// <summary>Section <c>Storage</c>: the two storage accounts and the key of keyed hashes.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Connection string of the state account (tables). Development only; else <see cref="StateTableUri"/>.</summary>
    [Example("UseDevelopmentStorage=true")]
    public string? StateConnection { get; set; }

    /// <summary>Address of the state account's table service, used with the app's identity.</summary>
    [Example("https://mystate.table.core.windows.net")]
    public Uri? StateTableUri { get; set; }

    /// <summary>Connection string of the content account (blobs). Development only; else <see cref="ContentBlobUri"/>.</summary>
    [Example("UseDevelopmentStorage=true")]
    public string? ContentConnection { get; set; }

    /// <summary>Address of the content account's blob service, used with the app's identity.</summary>
    [Example("https://mycontent.blob.core.windows.net")]
    public Uri? ContentBlobUri { get; set; }

    /// <summary>Client id of a user-assigned identity; null for the system-assigned one.</summary>
    [Example("8d1a7f0e-4c1c-4c39-9f0e-2d5c3a1b0f11")]
    public string? IdentityClientId { get; set; }

    /// <summary>Key of the keyed hashes of addresses: base64 of 32 bytes or more. Changing it loses search by address and idempotency.</summary>
    [Required]
    [Example("$(openssl rand -base64 32)")]
    public string HashKey { get; set; } = "";

    /// <summary>Rows in one table batch. Default 100, which is the service's limit; 1 to 100. Smaller only in crash tests.</summary>
    [Range(1, 100)]
    public int RowsPerBatch { get; set; } = 100;

    /// <summary>Tries of one request to storage. Default 3; 1 to 10.</summary>
    [Range(1, 10)]
    public int Tries { get; set; } = 3;

    /// <summary>How long one try against the tables may wait. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan TableTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try against the blobs may wait; a block of a message is up to 4 MiB. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan BlobTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the start waits for storage before it gives up. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StartWait { get; set; } = TimeSpan.FromSeconds(30);
}
