using System.Net;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending;
using TlsOrLink.Sending.WebApi;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>What the API's answers and events mean.</summary>
public sealed class SendGridTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly SmtpReply Ok = new(250, null, "");

    [Theory]
    [InlineData(HttpStatusCode.Accepted, true, Fate.Taken)]
    [InlineData(HttpStatusCode.BadRequest, true, Fate.Refused)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, true, Fate.NotAsItIs)]
    [InlineData(HttpStatusCode.Unauthorized, true, Fate.Deferred)]
    [InlineData(HttpStatusCode.TooManyRequests, true, Fate.Deferred)]
    [InlineData(HttpStatusCode.BadGateway, true, Fate.Deferred)]
    [InlineData(null, true, Fate.Unconfirmed)]
    [InlineData(null, false, Fate.Deferred)]
    internal void An_answer_is_a_fate(HttpStatusCode? status, bool wasSent, Fate fate) =>
        Fates.Of(SendGridSession.Result([Ok], new ApiAnswer(status, "", wasSent)), 0).ShouldBe(fate);

    [Theory]
    [InlineData(true, true, 1.2, true)]
    [InlineData(true, true, 1.3, true)]
    [InlineData(true, true, 1.1, false)]
    [InlineData(true, false, 1.2, false)]
    [InlineData(false, true, 1.2, false)]
    public void Only_enforced_TLS_of_1_2_with_valid_certificates_is_a_promise(
        bool tls,
        bool certificate,
        double version,
        bool enough
    ) => new EnforcedTls(tls, certificate, version).IsEnough.ShouldBe(enough);

    [Theory]
    [InlineData(RecipientState.Sending, "processed", "", RecipientState.Sending)]
    [InlineData(RecipientState.Sending, "deferred", "450 later", RecipientState.Sending)]
    [InlineData(RecipientState.Sending, "delivered", "250 OK", RecipientState.Accepted)]
    [InlineData(RecipientState.Unconfirmed, "delivered", "250 OK", RecipientState.Accepted)]
    [InlineData(RecipientState.Sending, "bounce", "550 no such user", RecipientState.Bounced)]
    [InlineData(RecipientState.Sending, "dropped", "Bounced Address", RecipientState.Bounced)]
    [InlineData(RecipientState.Accepted, "bounce", "550 5.2.2 full after all", RecipientState.Bounced)]
    [InlineData(RecipientState.Sending, "bounce", "TLS required but not supported", RecipientState.Deferred)]
    [InlineData(RecipientState.Downloaded, "bounce", "550 no", RecipientState.Downloaded)]
    [InlineData(RecipientState.Bounced, "delivered", "250 OK", RecipientState.Bounced)]
    [InlineData(RecipientState.Sending, "open", "", RecipientState.Sending)]
    internal void An_event_moves_a_recipient(RecipientState before, string kind, string words, RecipientState after)
    {
        var row = Row(before);

        EventRules.Apply(row, Event(kind, words), Now);

        row.State.ShouldBe(after);
    }

    [Fact]
    public void A_drop_for_want_of_TLS_becomes_a_link_with_the_body_behind_it()
    {
        var row = Row(RecipientState.Sending);

        EventRules.Apply(row, Event("bounce", "TLS required but not supported"), Now).ShouldBeTrue();

        (row.Route, row.ProtectBody, row.IsFinished, row.Reason).ShouldBe(
            (Route.Link, true, false, RouteReasons.NotObservable)
        );
    }

    [Fact]
    public void Where_a_rule_forbids_links_it_waits_for_TLS_instead()
    {
        var row = Row(RecipientState.Sending);
        row.NeverLink = true;

        EventRules.Apply(row, Event("bounce", "TLS required but not supported"), Now).ShouldBeTrue();

        (row.Route, row.State).ShouldBe((Route.Tls, RecipientState.Deferred));
    }

    [Fact]
    public void An_event_that_was_seen_changes_nothing_and_few_are_kept()
    {
        var row = Row(RecipientState.Sending);
        for (var i = 0; i < 100; i++)
        {
            EventRules.Apply(row, Event("deferred", "450", $"event-{i}"), Now).ShouldBeTrue();
            EventRules.Apply(row, Event("deferred", "450", $"event-{i}"), Now).ShouldBeFalse();
        }

        row.ProviderEvents!.Split(',').Length.ShouldBe(30);
    }

    [Fact]
    public void A_recipient_that_was_never_handed_over_is_not_touched()
    {
        var row = Row(RecipientState.Deferred);
        row.HandedOverAt = null;

        EventRules.Apply(row, Event("delivered", "250"), Now).ShouldBeFalse();
    }

    [Fact]
    public void Handed_over_is_not_accepted_and_nothing_more_is_sent()
    {
        var row = Row(RecipientState.Sending);
        row.HandedOverAt = null;
        row.IsFinished.ShouldBeFalse();

        row.HandOver(Now);

        (row.State, row.IsFinished, row.IsHandedOver).ShouldBe((RecipientState.Sending, true, true));
    }

    private static RecipientRow Row(RecipientState state) =>
        new("0123456789abcdef0123456789abcdef", "0123abcd", 0)
        {
            State = state,
            Route = Route.Tls,
            HandedOverAt = Now,
        };

    private static ProviderEvent Event(string kind, string words, string id = "x") =>
        new(kind, "0123456789abcdef0123456789abcdef", "0123abcd", 0, id, words, Now);
}
