using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The sign-in form as it is asked for.</summary>
/// <param name="Language">Language of the page.</param>
/// <param name="Return">Local path to go to afterwards.</param>
/// <param name="Token">Anti-forgery token of the form.</param>
internal sealed record SignInForm(MailLanguage Language, string Return, string Token)
{
    /// <summary>The key that was given is nobody's.</summary>
    public bool Failed { get; init; }

    /// <summary>The platform can sign people in by Entra ID.</summary>
    public bool HasEntra { get; init; }
}

/// <summary>Sign-in by a caller's key, where there is no Entra ID.</summary>
internal sealed class SignInPages(IOptions<LinkOptions> options)
{
    /// <summary>Name of the field with the key.</summary>
    public const string KeyField = "key";

    /// <summary>Name of the field with the path to go to afterwards.</summary>
    public const string ReturnField = "return";

    /// <summary>The form; 401 where it failed.</summary>
    public Page Form(SignInForm form)
    {
        var words = SignInWords.In(form.Language);
        var main = Html.Of(
            $"""
            <p>{words.Lead}</p>
            {Failure(form, words)}{Entra(
                form,
                words
            )}<form class="stack" method="post" action="/signin?lang={form.Language.Tag()}">
            <input type="hidden" name="{Visitor.TokenField}" value="{form.Token}">
            <input type="hidden" name="{ReturnField}" value="{form.Return}">
            <label for="key">{words.Key}</label>
            <input id="key" name="{KeyField}" type="password" required autocomplete="current-password" autocapitalize="none" spellcheck="false">
            <button>{words.SignIn}</button>
            </form>
            <p class="note">{words.Note}</p>
            """
        );
        return Layout.Render(
            new PageFrame(
                form.Failed ? 401 : 200,
                form.Language,
                words.SignIn,
                options.Value.CompanyName,
                main,
                "/signin"
            )
            {
                Sheet = "check",
                TellsItself = true,
            }
        );
    }

    /// <summary>403: the form was not one of ours, or is too old.</summary>
    public Page Refused(MailLanguage language)
    {
        var words = SignInWords.In(language);
        var main = Html.Of(
            $"""<p>{words.RefusedWhy}</p><p><a href="/check?lang={language.Tag()}">{words.Back}</a></p>"""
        );
        return Layout.Render(
            new PageFrame(403, language, words.Refused, options.Value.CompanyName, main, "/check")
            {
                Sheet = "check",
                TellsItself = true,
            }
        );
    }

    private static Html Failure(SignInForm form, SignInWords words) =>
        form.Failed ? Html.Of($"""<p class="fault" role="alert">{words.Failed}</p>""") : Html.Empty;

    private static Html Entra(SignInForm form, SignInWords words) =>
        form.HasEntra
            ? Html.Of(
                $"""
                <p><a class="button" href="/.auth/login/aad?post_login_redirect_uri={Uri.EscapeDataString(
                    form.Return
                )}">{words.Entra}</a></p>

                """
            )
            : Html.Empty;
}

/// <summary>The words of the sign-in, in one language.</summary>
internal sealed record SignInWords(
    string SignIn,
    string Lead,
    string Key,
    string Note,
    string Failed,
    string Entra,
    string Refused,
    string RefusedWhy,
    string Back
)
{
    private static readonly SignInWords Japanese = new(
        "サインイン",
        "管理者から受け取った API キーを入力してください。",
        "API キー",
        "キーはこのブラウザーに保存されません。サインインは短時間で終了します。",
        "このキーは登録されていません。もう一度確認してください。",
        "Microsoft アカウントでサインイン",
        "この操作は受け付けられませんでした",
        "画面を開いてから時間がたったか、別のサイトから送られた操作です。もう一度開き直してください。",
        "送信前の確認に戻る"
    );

    private static readonly SignInWords English = new(
        "Sign in",
        "Enter the API key that your administrator gave you.",
        "API key",
        "The key is not kept in this browser. You are signed out after a short time.",
        "We do not know this key. Please check it.",
        "Sign in with Microsoft",
        "This could not be accepted",
        "The page was open for too long, or the request came from another site. Please open it again.",
        "Back to the check"
    );

    public static SignInWords In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;
}
