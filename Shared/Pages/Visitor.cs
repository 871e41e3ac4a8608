using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Who looks at a page behind the sign-in.</summary>
/// <param name="Language">Language of the page.</param>
/// <param name="Name">Name of the caller.</param>
/// <param name="Token">Anti-forgery token that every form of the page carries.</param>
/// <param name="CanSignOut">The session is ours; false where the platform signed the person in.</param>
internal sealed record Visitor(MailLanguage Language, string Name, string Token, bool CanSignOut)
{
    /// <summary>Name of the form field with <see cref="Token"/>.</summary>
    public const string TokenField = "anti-forgery";

    /// <summary>The hidden field.</summary>
    public Html HiddenToken => Html.Of($"""<input type="hidden" name="{TokenField}" value="{Token}">""");

    /// <summary>For <see cref="PageFrame.Person"/>.</summary>
    public Html Header =>
        CanSignOut
            ? Html.Of(
                $"""
                <form class="person" method="post" action="/signout"><span><bdi>{Name}</bdi></span>{HiddenToken}
                <button class="quiet">{(
                    Language == MailLanguage.En ? "Sign out" : "サインアウト"
                )}</button></form>
                """
            )
            : Html.Of($"""<p class="person"><bdi>{Name}</bdi></p>""");
}
