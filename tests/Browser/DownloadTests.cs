using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Browser;

/// <summary>From the press of a button to the file on the disk.</summary>
public sealed class DownloadTests(BrowserWorld world)
{
    [Theory]
    [InlineData("ja", 320, false)]
    [InlineData("en", 1280, true)]
    public async Task A_press_brings_the_file_whole_under_its_Japanese_name(string language, int width, bool hasScript)
    {
        var path = await world.NewLinkAsync($"press-{language}");
        await using var visit = await world.VisitAsync(new Viewer(language, width, hasScript));
        (await visit.OpenAsync(path)).ShouldBe(200);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("li button"));

        download.SuggestedFilename.ShouldBe(BrowserWorld.FileName);
        (await File.ReadAllBytesAsync(await download.PathAsync())).ShouldBe(world.Content);
        visit.Complaints().ShouldBeEmpty();
        visit
            .Origins()
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                new[] { world.App.Client.BaseAddress!, (await world.World.Storage).BlobUri }
                    .Select(origin => origin.GetLeftPart(UriPartial.Authority))
                    .Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public async Task A_download_that_was_cut_goes_on_where_it_stopped()
    {
        var path = await world.NewLinkAsync("range");
        using var pressed = await world.App.Client.PostAsync($"{path}/files/1", content: null);
        pressed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var client = world.World.Authority.NewClient();
        using var resume = new HttpRequestMessage(HttpMethod.Get, pressed.Headers.Location);
        resume.Headers.Range = new RangeHeaderValue(150_000, null);

        using var rest = await client.SendAsync(resume);

        rest.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await rest.Content.ReadAsByteArrayAsync()).ShouldBe(world.Content[150_000..]);
    }

    [Fact]
    public async Task A_keyboard_alone_gets_the_file()
    {
        var path = await world.NewLinkAsync("keyboard");
        await using var visit = await world.VisitAsync(new Viewer("ja", 1280, HasScript: true));
        await visit.OpenAsync(path);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Tab");
        (await visit.Page.EvaluateAsync<string>("document.activeElement.tagName")).ShouldBe("BUTTON");
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe(
            "solid",
            "where the focus is must be seen"
        );

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Keyboard.PressAsync("Enter"));

        download.SuggestedFilename.ShouldBe(BrowserWorld.FileName);
    }

    [Fact]
    public async Task A_file_of_a_gigabyte_arrives_whole()
    {
        Assert.SkipUnless(Campaign.IsLong, "A gigabyte goes through storage and Chromium: ./test --long.");
        var path = await world.NewLinkAsync("large");
        var written = await world.ReplaceContentAsync(path, megabytes: 1024);
        await using var visit = await world.VisitAsync(new Viewer("ja", 1280, HasScript: false));
        await visit.OpenAsync(path);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("li button"));

        await using var file = File.OpenRead(await download.PathAsync());
        download.SuggestedFilename.ShouldBe(BrowserWorld.FileName);
        file.Length.ShouldBe(1L << 30);
        Convert.ToHexString(await SHA256.HashDataAsync(file)).ShouldBe(written);
    }
}
