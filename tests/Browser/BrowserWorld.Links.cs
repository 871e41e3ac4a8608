using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Links;
using TlsOrLink.Messages;
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
        Dictionary<string, Func<LinkRow, LinkRow>> states = new(StringComparer.Ordinal)
        {
            ["live"] = row => row,
            ["several"] = row => row with { Files = [row.Files[0], row.Files[0] with { N = 2, Name = "契約書.pdf" }] },
            ["limited"] = row => row with { MaxDownloads = 5, Downloads = 1 },
            ["coded"] = row => row with { Lock = Given },
            ["locked"] = row => row with { Lock = Given, WrongCodes = CodeTries.Most },
            ["passphrase"] = row => row with { Lock = Given with { Kind = AccessCodeKind.Passphrase } },
            ["unsafe"] = row => row with { Lock = Given with { Kind = AccessCodeKind.Mail } },
            ["dated"] = row => row with { CreatedAt = new DateTimeOffset(2026, 1, 2, 9, 0, 0, TimeSpan.Zero) },
            ["expired"] = row => row with { ExpiresAt = DateTimeOffset.UtcNow },
            ["revoked"] = row => row with { RevokedAt = DateTimeOffset.UtcNow },
            ["used-up"] = row => row with { MaxDownloads = 1, Downloads = 1 },
        };
        LinkedMessage = await Kit.SendAsync(
            FileName,
            Content,
            [.. states.Keys.Select(state => $"{state}@{LinkedDomain}")]
        );
        await Kit.WaitAsync(LinkedMessage, "completed");
        foreach (var (state, change) in states)
        {
            Links[state] = MailLinks.PathIn(await Partner.MailToAsync($"{state}@{LinkedDomain}"), "/d/");
            await ChangeLinkAsync(Links[state], change);
        }

        await PrepareMailedCodeAsync();
        // A link of another message, which nobody else looks at.
        Links["busy"] = await NewLinkAsync("busy");
        LinkToken.TryParse(Links["busy"].Split('/')[^1], out var busy).ShouldBeTrue();
        (await World.Storage).FailWhen(
            call => call.Entities.Any(one => one.PartitionKey == busy!.LinkId),
            StorageFault.Unavailable
        );
    }

    /// <summary>A link whose recipient's server takes mail over TLS alone.</summary>
    private async Task PrepareMailedCodeAsync()
    {
        var options = new { route = "link", link = new { accessCode = "mail" } };
        var id = await Kit.SendAsync(FileName, Content, ["mailed@good.test"], options);
        await Kit.WaitAsync(id, "completed");
        Links["mailed"] = MailLinks.PathIn(await Good.MailToAsync("mailed@good.test", "/d/"), "/d/");
    }

    private static LinkLock Given => new(AccessCodeKind.Given, SlowHash.Of(AccessCodeText.Normalize(Code)));

    /// <summary>Changes a link's row as if time, its sender or its recipient had.</summary>
    internal async Task ChangeLinkAsync(string path, Func<LinkRow, LinkRow> change)
    {
        LinkToken.TryParse(path.Split('/')[^1], out var token).ShouldBeTrue();
        var table = (await World.Azurite).NewTableClient().GetTableClient(TableNames.Links);
        TableEntity row = await table.GetEntityAsync<TableEntity>(token!.LinkId, Keys.Link);
        await table.UpdateEntityAsync(
            LinkColumns.Write(change(LinkColumns.Read(row))),
            row.ETag,
            TableUpdateMode.Replace
        );
    }
}
