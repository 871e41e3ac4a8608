using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Links;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Browser;

/// <summary>Links in every state.</summary>
public sealed partial class BrowserWorld
{
    /// <summary>Puts random bytes in the place of the file behind a link, and gives their SHA-256.</summary>
    public async Task<string> ReplaceContentAsync(string path, int megabytes)
    {
        LinkToken.TryParse(path.Split('/')[^1], out var token).ShouldBeTrue();
        var azurite = await World.Azurite;
        TableEntity row = await azurite
            .NewTableClient()
            .GetTableClient(TableNames.Links)
            .GetEntityAsync<TableEntity>(token!.LinkId, Keys.Link);
        var blob = azurite
            .NewBlobClient()
            .GetBlobContainerClient(ContainerNames.Files)
            .GetBlockBlobClient(LinkColumns.Read(row).Files[0].Blob);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await blob.OpenWriteAsync(overwrite: true);
        for (var i = 0; i < megabytes; i++)
        {
            var part = RandomNumberGenerator.GetBytes(1 << 20);
            hash.AppendData(part);
            await stream.WriteAsync(part);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private async Task PrepareLinksAsync()
    {
        string[] states = ["live", "expired", "revoked", "used-up"];
        LinkedMessage = await Kit.SendAsync(FileName, Content, [.. states.Select(state => $"{state}@{LinkedDomain}")]);
        await Kit.WaitAsync(LinkedMessage, "completed");
        foreach (var state in states)
        {
            Links[state] = MailLinks.PathIn(await Partner.MailToAsync($"{state}@{LinkedDomain}"), "/d/");
        }

        var ids = await Kit.LinkIdsAsync(LinkedMessage);
        var table = (await World.Azurite).NewTableClient().GetTableClient("Links");
        await ChangeAsync(table, ids[$"expired@{LinkedDomain}"], row => row["ExpiresAt"] = DateTimeOffset.UtcNow);
        await ChangeAsync(table, ids[$"revoked@{LinkedDomain}"], row => row["RevokedAt"] = DateTimeOffset.UtcNow);
        await ChangeAsync(
            table,
            ids[$"used-up@{LinkedDomain}"],
            row => (row["MaxDownloads"], row["Downloads"]) = (1, 1)
        );
        // A link of another message, which nobody else looks at.
        Links["busy"] = await NewLinkAsync("busy");
        LinkToken.TryParse(Links["busy"].Split('/')[^1], out var busy).ShouldBeTrue();
        (await World.Storage).FailWhen(
            call => call.Entities.Any(one => one.PartitionKey == busy!.LinkId),
            StorageFault.Unavailable
        );
    }

    private static async Task ChangeAsync(TableClient table, string link, Action<TableEntity> change)
    {
        TableEntity? row = null;
        await foreach (var found in table.QueryAsync<TableEntity>(entity => entity.PartitionKey == link))
        {
            row = found;
        }

        change(row.ShouldNotBeNull());
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }
}
