using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>The pages of approvers. They change nothing; their forms decide only for whoever signed in.</summary>
internal sealed class ApprovalPages(IOptions<LinkOptions> options, FileSas sas)
{
    /// <summary>Name of the field with the PIN.</summary>
    public const string PinField = "pin";

    /// <summary>Name of the buttons.</summary>
    public const string DecisionField = "decision";

    /// <summary>Value of the one button.</summary>
    public const string Approve = "approve";

    /// <summary>Value of the other.</summary>
    public const string Reject = "reject";

    private const int MaxRecipients = 200;

    /// <summary>Asks who is there, and shows nothing of the message but its sender.</summary>
    public Page SignIn(ApprovalSignIn form)
    {
        var words = ApprovalWords.In(form.Language);
        var lead = string.Format(CultureInfo.InvariantCulture, words.Lead, ShownText.OneLine(form.Sender));
        var main = Html.Of(
            $"""
            <p>{lead}</p>
            {Fault(form, words)}{(form.HasEntra ? Entra(form, words) : Pin(form, words))}
            """
        );
        return Render(form.Status ?? 200, form.Language, words.Title, main, form.Path);
    }

    /// <summary>The message, with the two buttons.</summary>
    public Page Show(ApprovalView view)
    {
        var words = ApprovalWords.In(view.Language);
        var main = Html.Of(
            $"""
            <dl>
            <dt>{words.From}</dt><dd><bdi>{ShownText.OneLine(view.Sender)}</bdi></dd>
            <dt>{words.Subject}</dt><dd><bdi>{ShownText.OneLine(view.Body?.Subject ?? "")}</bdi></dd>
            <dt>{words.SentAt}</dt><dd>{ShownTime.Of(view.CreatedAt, view.Language)}</dd>
            <dt>{words.Until}</dt><dd>{ShownTime.Of(view.Until, view.Language)}</dd>
            </dl>
            <h2>{words.Recipients}</h2>
            <ul>
            {Html.Join(view.Recipients.Take(MaxRecipients).Select(one => Recipient(one, words)))}{More(
                view,
                words
            )}</ul>
            <h2>{words.Files}</h2>
            {Files(view, words)}
            <h2>{words.Body}</h2>
            {Body(view, words)}
            <form class="stack" method="post" action="{view.Path}?lang={view.Language.Tag()}">{Hidden(view.Token)}
            <button name="{DecisionField}" value="{Approve}">{words.Approve}</button>
            <button name="{DecisionField}" value="{Reject}">{words.Reject}</button>
            </form>
            """
        );
        return Render(200, view.Language, words.Title, main, view.Path, sas.Origin);
    }

    /// <summary>Nothing to decide here.</summary>
    public Page Closed(MailLanguage language, ApprovalClosed why)
    {
        var words = ApprovalWords.In(language);
        var (status, title, sentence) = why switch
        {
            ApprovalClosed.Decided => (410, words.Title, words.Decided),
            ApprovalClosed.NotYours => (403, words.Title, words.NotYours),
            ApprovalClosed.Refused => (403, words.Refused, words.RefusedWhy),
            _ => (404, words.Title, words.Unknown),
        };
        return Render(status, language, title, Html.Of($"<p>{sentence}</p>"), path: null);
    }

    private static Html Fault(ApprovalSignIn form, ApprovalWords words) =>
        form.Status switch
        {
            null => Html.Empty,
            401 => Html.Of($"""<p class="fault" role="alert">{words.Wrong}</p>"""),
            403 => Html.Of($"""<p class="fault" role="alert">{words.NotYou}</p>"""),
            _ => Html.Of($"""<p class="fault" role="alert">{words.Locked}</p>"""),
        };

    private static Html Pin(ApprovalSignIn form, ApprovalWords words) =>
        Html.Of(
            $"""
            <form class="stack" method="post" action="{form.Path}?lang={form.Language.Tag()}">{Hidden(form.Token)}
            <label for="pin">{words.Pin}</label>
            <input id="pin" name="{PinField}" type="password" required autocomplete="off" autocapitalize="none" spellcheck="false">
            <button>{words.SignIn}</button>
            </form>
            """
        );

    private static Html Entra(ApprovalSignIn form, ApprovalWords words) =>
        Html.Of(
            $"""<p><a class="button" href="/.auth/login/aad?post_login_redirect_uri={Uri.EscapeDataString(form.Path)}">{words.Entra}</a></p>"""
        );

    private static Html Recipient((string Address, Route? Route) one, ApprovalWords words) =>
        Html.Of($"<li><bdi>{ShownText.OneLine(one.Address)}</bdi> – {words.Of(one.Route)}</li>\n");

    private static Html More(ApprovalView view, ApprovalWords words) =>
        view.Recipients.Count > MaxRecipients
            ? Html.Of(
                $"<li>{string.Format(CultureInfo.InvariantCulture, words.More, view.Recipients.Count - MaxRecipients)}</li>\n"
            )
            : Html.Empty;

    private static Html Files(ApprovalView view, ApprovalWords words) =>
        view.Files.Count == 0
            ? Html.Of($"<p>{words.NoFiles}</p>")
            : Html.Of($"<ul>\n{Html.Join(view.Files.Select(file => FileItem(file, view, words)))}</ul>");

    private static Html FileItem(FileRow file, ApprovalView view, ApprovalWords words) =>
        Html.Of(
            $"""
            <li><form method="post" action="{view.Path}/files/{file.N}?lang={view.Language.Tag()}">{Hidden(view.Token)}
            <span><bdi class="name">{ShownText.OneLine(file.Name, 200)}</bdi> <span class="size">{HumanSize.Of(
                file.Bytes
            )}</span></span>
            <button>{words.Download}</button>
            </form></li>

            """
        );

    private static Html Body(ApprovalView view, ApprovalWords words) =>
        view.Body switch
        {
            null => Html.Of($"<p>{words.Gone}</p>"),
            { Text.Length: 0 } when view.Files.Count > 0 => Html.Of($"<p>{words.Whole}</p>"),
            { } body => Html.Of(
                $"<pre class=\"body\">{body.Text}</pre>{(body.IsCut ? Html.Of($"<p>{words.Cut}</p>") : Html.Empty)}"
            ),
        };

    private static Html Hidden(string token) =>
        Html.Of($"""<input type="hidden" name="{Visitor.TokenField}" value="{token}">""");

    private Page Render(
        int status,
        MailLanguage language,
        string title,
        Html main,
        string? path,
        string? formOrigin = null
    ) =>
        Layout.Render(
            new PageFrame(status, language, title, options.Value.CompanyName, main, path, formOrigin)
            {
                Sheet = "approval",
            }
        );
}
