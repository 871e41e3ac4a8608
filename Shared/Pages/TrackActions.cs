using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The forms of a message's page.</summary>
internal static class TrackActions
{
    /// <summary>Name of the buttons.</summary>
    public const string ActionField = "action";

    /// <summary>Name of the field with a link's id.</summary>
    public const string LinkField = "link";

    /// <summary>Name of the field with the hours that a link is to live.</summary>
    public const string HoursField = "hours";

    public const string Cancel = "cancel";
    public const string Recall = "recall";
    public const string Revoke = "revoke";
    public const string Extend = "extend";

    private static readonly int[] Lives = [24, 72, 168, 336];

    /// <summary>What can be done with the message as a whole.</summary>
    public static Html Of(TrackedMessage tracked)
    {
        var (words, message) = (TrackWords.In(tracked.Visitor.Language), tracked.Found.Message);
        var (action, label) = message.IsHeld ? (Cancel, words.Cancel) : (Recall, words.Recall);
        return message.State is MessageState.Cancelled or MessageState.Rejected or MessageState.Expired
            ? Html.Empty
            : Html.Of(
                $"""
                <p class="note">{words.Final}</p>
                <form class="stack" method="post" action="{Target(tracked)}">{tracked.Visitor.HiddenToken}
                <button name="{ActionField}" value="{action}">{label}</button></form>

                """
            );
    }

    /// <summary>What can be done with one link.</summary>
    public static Html Of(TrackedMessage tracked, LinkRow link, string recipient)
    {
        var words = TrackWords.In(tracked.Visitor.Language);
        var id = $"h{link.LinkId[..12]}";
        return LinkJudge.StateAt(link, tracked.Now) is not (LinkState.Live or LinkState.UsedUp)
            ? Html.Empty
            : Html.Of(
                $"""
                <form class="stack" method="post" action="{Target(
                    tracked
                )}" aria-label="{recipient}">{tracked.Visitor.HiddenToken}
                <input type="hidden" name="{LinkField}" value="{link.LinkId}">
                {(link.IsDirect ? Html.Empty : Extending(id, words))}
                <button name="{ActionField}" value="{Revoke}">{words.Revoke}</button></form>
                """
            );
    }

    /// <summary>Not of a link whose mail names storage addresses: their end cannot be moved.</summary>
    private static Html Extending(string id, TrackWords words) =>
        Html.Of(
            $"""
            <label for="{id}">{words.Hours}</label>
            <select id="{id}" name="{HoursField}">{Html.Join(
                Lives.Select(hours => Html.Of($"<option>{hours}</option>"))
            )}</select>
            <button name="{ActionField}" value="{Extend}">{words.Extend}</button>
            """
        );

    private static string Target(TrackedMessage tracked) =>
        $"{TrackPages.PathOf(tracked.Found.Message)}?lang={tracked.Visitor.Language.Tag()}";
}
