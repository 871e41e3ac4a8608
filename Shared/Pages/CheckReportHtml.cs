using System.Globalization;
using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>The report of a check as one page that prints well.</summary>
internal static class CheckReportHtml
{
    private static readonly Route[] Routes = [Route.Tls, Route.Link, Route.Deferred, Route.Undeliverable];

    /// <summary>Everything below the heading.</summary>
    public static Html Of(CheckReport report, MailLanguage language, DateTimeOffset at)
    {
        var words = CheckWords.In(language);
        return Html.Of(
            $"""
            <p class="lead">{Summary(report, words)}</p>
            {Bar(report)}
            <ul class="legend">{Html.Join(Routes.Select(route => Legend(report, route, language)))}</ul>
            {Why(report, language)}
            <h2>{words.Each}</h2>
            <ul class="domains">
            {Html.Join(report.Lines.Select(line => Domain(line, language)))}</ul>
            <p class="note">{words.FoundAt}: {ShownTime.Of(at, language)}</p>
            """
        );
    }

    private static string Summary(CheckReport report, CheckWords words)
    {
        var direct = report.By(Route.Tls);
        return direct.Domains == report.Total.Domains
            ? words.AllDirect
            : string.Format(
                CultureInfo.InvariantCulture,
                words.Summary,
                Amount(report, report.Total, words),
                Amount(report, direct, words),
                report.Percent(direct)
            );
    }

    private static string Amount(CheckReport report, Share share, CheckWords words)
    {
        var (number, one, many) = report.CountsMails
            ? (share.Mails, words.OneMail, words.Mails)
            : (share.Domains, words.OneDomain, words.Domains);
        return number == 1
            ? one
            : string.Format(CultureInfo.InvariantCulture, many, number.ToString("N0", CultureInfo.InvariantCulture));
    }

    /// <summary>An SVG, since the policy of our pages refuses style attributes; the legend says the same in words.</summary>
    private static Html Bar(CheckReport report)
    {
        double whole = report.CountsMails ? report.Total.Mails : report.Total.Domains;
        var from = 0.0;
        List<Html> parts = [];
        foreach (var route in Routes)
        {
            var share = report.By(route);
            var width = 1000 * (report.CountsMails ? share.Mails : share.Domains) / whole;
            if (width > 0)
            {
                parts.Add(
                    Html.Of(
                        $"""<rect class="{Slug(route)}" x="{Figure(from)}" y="0" width="{Figure(width)}" height="20"/>"""
                    )
                );
            }

            from += width;
        }

        return Html.Of(
            $"""<svg class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">{Html.Join(parts)}</svg>"""
        );
    }

    private static Html Legend(CheckReport report, Route route, MailLanguage language)
    {
        var words = CheckWords.In(language);
        var share = report.By(route);
        return share.Domains == 0
            ? Html.Empty
            : Html.Of(
                $"""<li><span class="dot {Slug(route)}" aria-hidden="true"></span>{Name(route, words)}<b>{report.Percent(share)}%</b><span class="size">{Amount(report, share, words)}</span></li>"""
            );
    }

    private static Html Why(CheckReport report, MailLanguage language)
    {
        var words = CheckWords.In(language);
        var reasons = report.Reasons;
        return reasons.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <h2>{words.Why}</h2>
                <ul class="why">{Html.Join(
                    reasons.Select(reason =>
                        Html.Of(
                            $"<li>{ReasonTexts.Of(reason.Reason, language).Meaning}<span class=\"size\">{Amount(report, reason.Share, words)}</span></li>"
                        )
                    )
                )}</ul>
                """
            );
    }

    private static Html Domain(DomainLine line, MailLanguage language)
    {
        var words = CheckWords.In(language);
        var plan = line.Answer.Plan;
        var sentences = CheckSentences.Of(plan, language);
        return Html.Of(
            $"""
            <li class="{Slug(plan.Route)}">
            <h3><bdi>{line.Domain.Name}</bdi><span class="badge">{Name(plan.Route, words)}</span></h3>
            {Addresses(line)}<p>{sentences.How} {sentences.Why}{Warning(sentences)}</p>
            {Change(sentences, words)}{CheckEvidenceHtml.Of(line.Answer, language)}
            </li>

            """
        );
    }

    private static Html Addresses(DomainLine line) =>
        line.Entries.Any(entry => entry.Contains('@', StringComparison.Ordinal))
            ? Html.Of(
                $"""<p class="address"><bdi>{string.Join(", ", line.Entries.Select(entry => ShownText.OneLine(entry)))}</bdi></p>"""
            )
            : Html.Empty;

    private static Html Warning(CheckSentences sentences) =>
        sentences.Warning is { } warning ? Html.Of($" <span class=\"warning\">{warning}</span>") : Html.Empty;

    private static Html Change(CheckSentences sentences, CheckWords words) =>
        sentences.Change is { } change
            ? Html.Of($"""<p class="change"><b>{words.Change}</b> {change}</p>""")
            : Html.Empty;

    private static string Name(Route route, CheckWords words) =>
        route switch
        {
            Route.Tls => words.Tls,
            Route.Link => words.Link,
            Route.Deferred => words.Deferred,
            _ => words.Undeliverable,
        };

    private static string Slug(Route route) => route.ToString().ToLowerInvariant();

    private static string Figure(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
