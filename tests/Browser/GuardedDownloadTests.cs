using System.IO.Compression;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Tests.Browser;

/// <summary>Files behind a code, behind a limit, all at once, and under the link's own host.</summary>
public sealed class GuardedDownloadTests(BrowserWorld world)
{
    [Theory]
    [InlineData("ja", 320, false)]
    [InlineData("en", 1280, true)]
    public async Task A_code_opens_the_page_and_the_file_comes(string language, int width, bool hasScript)
    {
        var path = await world.NewLinkAsync(
            $"guarded-{language}",
            options: new { link = new { accessCode = BrowserWorld.Code } }
        );
        await using var visit = await world.VisitAsync(new Viewer(language, width, hasScript));
        await visit.OpenAsync(path);
        await visit.Page.FillAsync("#code", "not the code");
        (await visit.PressAsync("main button")).ShouldBe(403);
        await visit.Page.FillAsync("#code", "Ｏｐｅｎ　Ｓｅｓａｍｅ");
        (await visit.PressAsync("main button")).ShouldBe(200);

        await DownloadAsync(visit, "li button");
        visit.Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limit_asks_for_the_address_and_is_used_up_by_its_holder_alone()
    {
        var path = await world.NewLinkAsync("limited-once", options: new { link = new { maxDownloads = 1 } });
        await using var visit = await world.VisitAsync(new Viewer("ja", 320, HasScript: false));
        await visit.OpenAsync(path);
        await visit.Page.FillAsync("#address", "somebody@else.test");
        (await visit.PressAsync("li button")).ShouldBe(400);
        await visit.Page.FillAsync("#address", "Limited-Once@partner.test");

        await DownloadAsync(visit, "li button");

        (await visit.OpenAsync(path)).ShouldBe(410);
        (await visit.Page.InnerTextAsync("h1")).ShouldBe("お受け取り回数の上限に達しております");
    }

    [Fact]
    public async Task All_files_come_as_one_ZIP()
    {
        await using var visit = await world.VisitAsync(new Viewer("ja", 320, HasScript: false));
        await visit.OpenAsync(world.Links["several"]);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("form.all button"));

        download.SuggestedFilename.ShouldBe("添付ファイル.zip");
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync());
        zip.Entries.Select(entry => entry.FullName).ShouldBe([BrowserWorld.FileName, "契約書.pdf"]);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            content.ToArray().ShouldBe(world.Content);
        }
    }

    [Fact]
    public async Task Under_the_links_own_host_no_other_is_asked()
    {
        var path = await world.NewLinkAsync("same-host");
        await using var app = await StartSameHostAsync();
        await using var visit = await world.VisitAsync(new Viewer("ja", 320, HasScript: false), app);
        (await visit.OpenAsync(path)).ShouldBe(200);

        await DownloadAsync(visit, "li button");

        visit.Origins().ShouldBe([app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)]);
    }

    private async Task<AppProcess> StartSameHostAsync()
    {
        var settings = await world.World.GetSettingsAsync();
        return await world.World.StartAppAsync([
            .. settings.Select(one => (one.Key, one.Value)),
            ("DOTNET_ENVIRONMENT", "Development"),
            ("Links__Bytes", "SameHost"),
            ("Links__Host", settings["ASPNETCORE_URLS"]),
        ]);
    }

    private async Task DownloadAsync(Visit visit, string button)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync(button));
        download.SuggestedFilename.ShouldBe(BrowserWorld.FileName);
        (await File.ReadAllBytesAsync(await download.PathAsync())).ShouldBe(world.Content);
    }
}
