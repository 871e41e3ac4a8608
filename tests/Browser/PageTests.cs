using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Browser;

/// <summary>Every page in every state, as different people see it.</summary>
public sealed class PageTests(BrowserWorld world)
{
    private static readonly string[] Languages = ["ja", "en"];

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    [InlineData(320, true)]
    public async Task Every_page_fits_is_accessible_and_asks_nobody_else(int width, bool hasScript)
    {
        var faults = await Task.WhenAll(
            Languages.Select(language => FaultsAsync(new Viewer(language, width, hasScript, IsDark: width == 320)))
        );

        faults.SelectMany(all => all).ShouldBeEmpty();
    }

    private async Task<List<string>> FaultsAsync(Viewer viewer)
    {
        await using var visit = await world.VisitAsync(viewer);
        List<string> faults = [];
        foreach (var state in PageState.All)
        {
            faults.AddRange(
                (await FaultsAsync(visit, state)).Select(fault => $"{state.Name}.{viewer.Language}: {fault}")
            );
        }

        faults.AddRange(PageRoutes.Unseen(visit.Requests()).Select(route => $"no row of PageState.All shows {route}"));
        visit.Origins().ShouldBe([world.App.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)]);
        return faults;
    }

    private static async Task<List<string>> FaultsAsync(Visit visit, PageState state)
    {
        List<string> faults = [];
        var status = await state.ShowAsync(visit);
        if (!state.Status.Contains(status))
        {
            faults.Add($"status {status}");
        }

        faults.AddRange(visit.Complaints());
        if (await visit.OverflowAsync() is > 0 and var pixels)
        {
            faults.Add($"{pixels} pixels wider than the screen");
        }

        if (await visit.Page.GetAttributeAsync("html", "lang") is var language && language != visit.Viewer.Language)
        {
            faults.Add($"lang is {language}");
        }

        await Screenshots.KeepAsync(visit, state.Name);
        if (IsExamined(visit.Viewer))
        {
            faults.AddRange(await visit.AxeAsync());
        }

        return faults;
    }

    /// <summary>Axe is slow: a sample has each language and each colour scheme once.</summary>
    private static bool IsExamined(Viewer viewer) =>
        viewer.HasScript && (Campaign.IsLong || viewer.IsDark == (viewer.Language == "ja"));
}
