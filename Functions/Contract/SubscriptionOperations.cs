using TlsOrLink.Events;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Contract;

/// <summary>The operations on subscriptions, and the triggers that flows make of one of them.</summary>
internal static class SubscriptionOperations
{
    private const string Json = "application/json";

    private static readonly Refusal NoSubscription = new(404, "not-found");
    private static readonly Refusal Wrong = new(400, "invalid-subscription");
    private static readonly Refusal TooMany = new(409, "too-many-subscriptions");

    public static IEnumerable<Operation> All =>
        [
            new(
                typeof(PostSubscription),
                "Subscribe to events",
                "Has the events of one's own messages pushed to a URL, signed. The answer alone holds the secret."
            )
            {
                Bodies =
                [
                    new(
                        Json,
                        "NewSubscription",
                        """{ "url": "https://hooks.example.com/tlsorlink", "events": ["recipient.bounced"] }"""
                    ),
                ],
                Replies = [Made],
                Refusals = [Wrong, TooMany],
            },
            SubscribeToOne,
            new(typeof(ListSubscriptions), "List subscriptions", "Shows one's own subscriptions, without secrets.")
            {
                Replies = [new(200, "The subscriptions.", typeof(SubscriptionListView))],
            },
            new(typeof(GetSubscription), "Get a subscription", "Shows a subscription and whether it takes events.")
            {
                Replies = [new(200, "The subscription.", typeof(SubscriptionView))],
                Refusals = [NoSubscription],
            },
            new(
                typeof(RotateSecret),
                "Change a subscription's secret",
                "Makes a new secret, or takes the caller's own; the one of before signs too for 24 hours. The answer alone holds it."
            )
            {
                Bodies = [new(Json, "SubscriptionSecret", "{}")],
                Replies = [new(200, "It signs from now on.", typeof(NewSecretView))],
                Refusals = [Wrong, NoSubscription],
            },
            new(typeof(DeleteSubscription), "Remove a subscription", "Ends a subscription of one's own.")
            {
                Replies = [new(204, "It is gone.")],
                Refusals = [NoSubscription],
                IsInternal = true,
            },
        ];

    /// <summary>What triggers are made of.</summary>
    public static Operation SubscribeToOne =>
        new(
            typeof(SubscribeToEvent),
            "Subscribe to one event",
            "As subscribing to events, for one whose name is in the path."
        )
        {
            Bodies = [new(Json, "NewEventSubscription", """{ "url": "https://hooks.example.com/tlsorlink" }""")],
            Replies = [Made],
            Refusals = [Wrong, TooMany],
        };

    /// <summary>The triggers, in the order in which a message gives rise to them.</summary>
    public static IReadOnlyList<Trigger> Triggers { get; } =
    [
        new(EventNames.Held, "When a message is held", "Fires when a message waits for release or approval."),
        new(
            EventNames.Delivered,
            "When a mail is delivered over TLS",
            "Fires when a recipient's server has taken the mail."
        ),
        new(
            EventNames.Linked,
            "When a download link is delivered",
            "Fires when a recipient's server has taken the mail with the link."
        ),
        new(
            EventNames.Bounced,
            "When a recipient cannot be reached",
            "Fires when a recipient is given up, or nobody knows whether the mail arrived."
        ),
        new(
            EventNames.Opened,
            "When a download page is opened",
            "Fires when a link's page is opened, by a person or by a scanner of mail."
        ),
        new(EventNames.Downloaded, "When a file is downloaded", "Fires when somebody downloads by a link."),
        new(
            EventNames.Expiring,
            "When a download link expires soon",
            "Fires before a link ends of which nothing was downloaded."
        ),
        new(EventNames.Completed, "When a message is completed", "Fires when no recipient waits any more."),
    ];

    private static Reply Made =>
        new(201, "It is made; Location is where to remove it.", typeof(NewSubscriptionView)) { Headers = ["Location"] };
}

/// <summary>A trigger of flows.</summary>
/// <param name="Event">One of <see cref="EventNames"/>.</param>
/// <param name="Title">In a designer's list.</param>
/// <param name="Text">When it fires.</param>
internal sealed record Trigger(string Event, string Title, string Text)
{
    /// <summary><c>message.held</c> is <c>WhenMessageHeld</c>.</summary>
    public string Id =>
        "When" + string.Concat(Event.Split('.').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
}
