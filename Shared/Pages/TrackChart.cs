using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>Routes by day as a drawing, the same and the verdicts in words.</summary>
internal static class TrackChart
{
    private const int Height = 100;
    private const int Step = 24;
    private const int Bar = 18;
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private static readonly (string Class, Route? Route)[] Routes =
    [
        ("tls", Route.Tls),
        ("link", Route.Link),
        ("undeliverable", Route.Undeliverable),
        ("deferred", null),
    ];

    public static Html Of(IReadOnlyList<MessagePartition> messages, MailLanguage language)
    {
        var words = TrackWords.In(language);
        var days = messages
            .GroupBy(one => one.Message.CreatedAt.ToOffset(Japan).Date, one => one.Recipients)
            .OrderBy(day => day.Key)
            .Select(day => day.SelectMany(rows => rows).ToList())
            .ToList();
        var all = days.SelectMany(day => day).ToList();
        var most = Math.Max(1, days.Max(day => day.Count));
        return Html.Of(
            $"""
            <h2 id="chart">{words.Chart}</h2>
            <svg role="img" aria-labelledby="chart" class="bar chart" viewBox="0 0 {days.Count * Step} {Height}" preserveAspectRatio="none">
            {Html.Join(days.SelectMany((day, n) => Column(day, n, most)))}</svg>
            <ul class="legend">{Html.Join(Routes.Select(kind => Legend(kind, all, words)))}</ul>
            <h2>{words.Levels}</h2>
            <ul class="legend">{Html.Join(
                all.Where(row => row.Level is not null)
                    .GroupBy(row => $"{row.Level}".ToLowerInvariant(), StringComparer.Ordinal)
                    .OrderBy(level => level.Key, StringComparer.Ordinal)
                    .Select(level => Html.Of($"<li><code>{level.Key}</code> {level.Count()}</li>"))
            )}<li>{words.Recipients}: {all.Count}</li></ul>

            """
        );
    }

    private static IEnumerable<Html> Column(List<RecipientRow> day, int n, int most)
    {
        var below = 0;
        foreach (var (name, route) in Routes)
        {
            var count = day.Count(row => RouteOf(row) == route);
            var (y, height) = (Height - (Height * (below + count) / most), Height * count / most);
            below += count;
            yield return Html.Of(
                $"""<rect class="{name}" x="{n * Step + ((Step - Bar) / 2)}" y="{y}" width="{Bar}" height="{height}"/>"""
            );
        }
    }

    private static Html Legend((string Class, Route? Route) kind, List<RecipientRow> all, TrackWords words) =>
        Html.Of(
            $"""<li><span class="dot {kind.Class}"></span>{words.Of(kind.Route)}: {all.Count(row => RouteOf(row) == kind.Route)}</li>"""
        );

    private static Route? RouteOf(RecipientRow row) =>
        (row.Route ?? row.PlannedRoute) is { } route and (Route.Tls or Route.Link or Route.Undeliverable)
            ? route
            : null;
}
