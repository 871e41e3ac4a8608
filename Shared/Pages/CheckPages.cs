using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>What a person typed, and what to say about it.</summary>
/// <param name="Typed">Text of the first field.</param>
internal sealed record CheckDraft(string Typed)
{
    /// <summary>How it was read; without errors at first.</summary>
    public CheckList Read { get; init; } = new([], new Dictionary<string, string[]>(StringComparer.Ordinal));

    /// <summary>The budget is used up until then; null where it is not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The check before sending, for a person.</summary>
internal sealed class CheckPages(IOptions<LinkOptions> links, IOptions<CheckingOptions> checking)
{
    /// <summary>Name of the field with what was typed.</summary>
    public const string TypedField = "recipients";

    /// <summary>Name of the file field.</summary>
    public const string FileField = "file";

    /// <summary>Name of the field that asks for another form of the answer.</summary>
    public const string FormatField = "as";

    /// <summary>Value of <see cref="FormatField"/> for a download.</summary>
    public const string CsvFormat = "csv";

    private const string Path = "/check";

    /// <summary>The form: 200, or 400 with what is wrong, or 429.</summary>
    public Page Form(Visitor visitor, CheckDraft draft)
    {
        var words = CheckWords.In(visitor.Language);
        var hint = string.Format(CultureInfo.InvariantCulture, words.FileHint, checking.Value.MaxEntries);
        var main = Html.Of(
            $"""
            <p>{words.Lead}</p>
            {Faults(
                draft,
                visitor.Language
            )}<form class="stack" method="post" action="{Path}?lang={visitor.Language.Tag()}" enctype="multipart/form-data">
            {visitor.HiddenToken}
            <label for="typed">{words.Typed}</label>
            <textarea id="typed" name="{TypedField}" rows="6" autocapitalize="none" autocomplete="off" spellcheck="false" aria-describedby="typed-hint">
            {draft.Typed}</textarea>
            <p class="note" id="typed-hint">{words.TypedHint}</p>
            <label for="file">{words.File}</label>
            <input id="file" name="{FileField}" type="file" accept=".csv,.txt,text/csv,text/plain" aria-describedby="file-hint">
            <p class="note" id="file-hint">{hint}</p>
            <button>{words.Check}</button>
            </form>
            """
        );
        var status =
            draft.RetryAfter is not null ? 429
            : draft.Read.Errors.Count > 0 ? 400
            : 200;
        var page = Layout.Render(Frame(visitor, status, words.Title, main));
        return draft.RetryAfter is { } wait ? page.With("Retry-After", Seconds(wait)) : page;
    }

    /// <summary>The report; what was asked goes with it, for the download and the other language.</summary>
    public Page Report(Visitor visitor, CheckReport report, DateTimeOffset at)
    {
        var words = CheckWords.In(visitor.Language);
        var asked = AskedAgain(report);
        var main = Html.Of(
            $"""
            {CheckReportHtml.Of(report, visitor.Language, at)}
            <div class="tools">
            <form method="post" action="{Path}?lang={visitor.Language.Tag()}">{visitor.HiddenToken}{asked}
            <input type="hidden" name="{FormatField}" value="{CsvFormat}"><button>{words.Csv}</button></form>
            <a href="{Path}?lang={visitor.Language.Tag()}">{words.Again}</a>
            </div>
            """
        );
        return Layout.Render(Frame(visitor, 200, words.Report, main) with { Switch = SwitchForm(visitor, asked) });
    }

    private PageFrame Frame(Visitor visitor, int status, string title, Html main) =>
        new(status, visitor.Language, title, links.Value.CompanyName, main, Path)
        {
            Sheet = "check",
            Person = visitor.Header,
            TellsItself = true,
        };

    private static Html Faults(CheckDraft draft, MailLanguage language)
    {
        var words = CheckWords.In(language);
        if (draft.RetryAfter is { } wait)
        {
            var sentence = string.Format(CultureInfo.InvariantCulture, words.TooMany, Seconds(wait));
            return Html.Of($"""<p class="fault" role="alert">{sentence}</p>""");
        }

        var fault = draft.Read.IsTooLong ? words.TooLong : words.BadLine;
        return draft.Read.Errors.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <div class="fault" role="alert"><p>{words.Faults}</p>
                <ul>{Html.Join(
                    draft.Read.Errors.Keys.Select(path => Html.Of($"<li>{Place(path, words)}: {fault}</li>"))
                )}</ul></div>

                """
            );
    }

    private static string Place(string path, CheckWords words) =>
        string.Format(CultureInfo.InvariantCulture, words.Line, path.Replace("line ", "", StringComparison.Ordinal));

    /// <summary>One line per entry; numbers of mails stand with the first of a domain, since they were summed.</summary>
    private static Html AskedAgain(CheckReport report)
    {
        var lines = report.Lines.SelectMany(line =>
            line.Entries.Select((entry, i) => i == 0 && line.Mails is { } mails ? $"{entry},{mails}" : entry)
        );
        return Html.Of($"""<input type="hidden" name="{TypedField}" value="{string.Join('\n', lines)}">""");
    }

    private static Html SwitchForm(Visitor visitor, Html asked)
    {
        var (tag, name) = visitor.Language == MailLanguage.En ? ("ja", "日本語") : ("en", "English");
        return Html.Of(
            $"""<form class="switch" method="post" action="{Path}?lang={tag}">{visitor.HiddenToken}{asked}<button class="quiet" lang="{tag}">{name}</button></form>"""
        );
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
