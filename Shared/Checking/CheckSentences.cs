using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Checking;

/// <summary>A route in plain words.</summary>
/// <param name="Route">In the words of the interface.</param>
/// <param name="How">What will happen, one sentence.</param>
/// <param name="Why">The reason, one sentence.</param>
/// <param name="Change">What the recipient's side can change; null where there is nothing.</param>
/// <param name="Warning">What cannot be undone; null where nothing is.</param>
internal sealed record CheckSentences(string Route, string How, string Why, string? Change, string? Warning)
{
    /// <summary>The sentences for a plan.</summary>
    public static CheckSentences Of(RoutePlan plan, MailLanguage language)
    {
        var reason = ReasonTexts.Of(plan.Reason, language);
        return new CheckSentences(
            NameOf(plan.Route, language),
            HowOf(plan.Route, language),
            reason.Meaning,
            reason.Change,
            plan.Route == Routing.Route.Tls ? Irrevocable(language) : null
        );
    }

    /// <summary>The word for a route.</summary>
    public static string NameOf(Route route, MailLanguage language) =>
        (route, language) switch
        {
            (Routing.Route.Tls, MailLanguage.En) => "TLS",
            (Routing.Route.Link, MailLanguage.En) => "Download link",
            (Routing.Route.Deferred, MailLanguage.En) => "Later",
            (_, MailLanguage.En) => "Undeliverable",
            (Routing.Route.Tls, _) => "TLS で送信",
            (Routing.Route.Link, _) => "ダウンロードリンク",
            (Routing.Route.Deferred, _) => "再送待ち",
            _ => "配信不可",
        };

    private static string HowOf(Route route, MailLanguage language) =>
        (route, language) switch
        {
            (Routing.Route.Tls, MailLanguage.En) => "Arrives directly, with its attachments, over TLS.",
            (Routing.Route.Link, MailLanguage.En) =>
                "Arrives without attachments, which are picked up by a download link.",
            (Routing.Route.Deferred, MailLanguage.En) => "Cannot be sent now; it is tried again.",
            (_, MailLanguage.En) => "Cannot be delivered.",
            (Routing.Route.Tls, _) => "添付ファイルごと、TLS で直接届きます。",
            (Routing.Route.Link, _) => "添付ファイルは、ダウンロードリンクでお渡しします。",
            (Routing.Route.Deferred, _) => "いまは送信できないため、時間をおいて再度試みます。",
            _ => "このドメインには届きません。",
        };

    private static string Irrevocable(MailLanguage language) =>
        language == MailLanguage.En ? "It cannot be taken back once sent." : "送信後の取り消しはできません。";
}
