using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>
/// The forms of a link's pages. The token in the action is the authority, hence no cookie and nothing to forge: another site cannot know it.
/// </summary>
internal static class LinkForms
{
    /// <summary>Asks for the access code.</summary>
    public static Html Code(LinkRow row, string path, MailLanguage language, LinkVisit visit)
    {
        var words = LinkWords.In(language);
        var hint = row.Lock.Kind switch
        {
            AccessCodeKind.Passphrase => words.PassphraseHint,
            AccessCodeKind.Mail => MailedCodeWords.In(language).CodeHint,
            _ => words.CodeHint,
        };
        return Html.Of(
            $"""
            {Fault(visit.Fault, language)}{(
                row.Lock.Kind == AccessCodeKind.Mail ? MailedCode(path, language, visit) : Html.Empty
            )}<form class="stack" method="post" action="{path}/code?lang={language.Tag()}">
            <label for="code">{(row.Lock.Kind == AccessCodeKind.Passphrase ? words.Passphrase : words.Code)}</label>
            <input id="code" name="{LinkPages.CodeField}" type="text" required maxlength="200" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" aria-describedby="code-hint">
            <p class="note" id="code-hint">{hint}</p>
            <button>{words.Open}</button>
            </form>
            """
        );
    }

    /// <summary>Asks for the recipient's own address, and then mails a code there; told once that was done.</summary>
    private static Html MailedCode(string path, MailLanguage language, LinkVisit visit)
    {
        var words = LinkWords.In(language);
        return visit.IsCodeMailed
            ? Html.Of($"""<p role="status">{MailedCodeWords.In(language).Mailed}</p>""")
            : Html.Of(
                $"""
                <form class="stack" method="post" action="{path}/mail-code?lang={language.Tag()}">
                {Address(words)}
                <p class="note">{MailedCodeWords.In(language).AskHint}</p>
                <button class="second">{MailedCodeWords.In(language).Ask}</button>
                </form>

                """
            );
    }

    /// <summary>Asks for the recipient's own address, and then tells the sender.</summary>
    public static Html Renewal(string path, MailLanguage language, LinkFault fault)
    {
        var words = LinkWords.In(language);
        return Html.Of(
            $"""
            {Fault(fault, language)}<form class="stack" method="post" action="{path}/renew?lang={language.Tag()}">
            {Address(words)}
            <button>{words.Renew}</button>
            </form>
            """
        );
    }

    /// <summary>The field for the recipient's own address, with its label.</summary>
    public static Html Address(LinkWords words) =>
        Html.Of(
            $"""
            <label for="address">{words.Address}</label>
            <input id="address" name="{LinkPages.AddressField}" type="email" required maxlength="254" autocomplete="email" autocapitalize="none" spellcheck="false" aria-describedby="address-hint">
            <p class="note" id="address-hint">{words.AddressHint}</p>
            """
        );

    /// <summary>What was wrong, or nothing.</summary>
    public static Html Fault(LinkFault fault, MailLanguage language) =>
        fault == LinkFault.None
            ? Html.Empty
            : Html.Of(
                $"""
                <p class="fault" role="alert">{(
                    fault switch
                    {
                        LinkFault.WrongCode => LinkWords.In(language).WrongCode,
                        LinkFault.WrongAddress => LinkWords.In(language).WrongAddress,
                        LinkFault.CodeNotSafe => MailedCodeWords.In(language).NotSafe,
                        _ => LinkWords.In(language).TooMany,
                    }
                )}</p>

                """
            );
}
