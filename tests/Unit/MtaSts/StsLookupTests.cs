using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.MtaSts;

public sealed partial class StsLookupTests
{
    private const string Record = "_mta-sts.a.example";
    private static readonly MailDomain Domain = MailDomain.Parse("a.example");
    private static readonly StsPolicy Enforce = new(StsMode.Enforce, TimeSpan.FromDays(7), ["mx.example"]);
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly PlainResolver resolver = new();
    private readonly PlainStore store = new();
    private readonly PlainFetcher fetcher = new();

    [Fact]
    public async Task Has_no_policy_without_a_record_and_fetches_nothing()
    {
        (await FindAsync()).ShouldBe(new StsOutcome(null, StsReasons.None, null));
        fetcher.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Fetches_once_and_then_uses_what_is_kept()
    {
        Publish("1", Enforce);
        var first = await FindAsync();
        first.Enforced.ShouldBeTrue();
        first.Reason.ShouldBe(StsReasons.Enforce);
        first.Expires.ShouldBe(clock.GetUtcNow() + Enforce.MaxAge);
        clock.Advance(TimeSpan.FromDays(3));
        (await FindAsync()).ShouldBe(first);
        fetcher.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Keeps_enforcing_where_the_policy_host_holds_the_look_up_past_the_deadline()
    {
        Publish("1", Enforce);
        await FindAsync();
        Publish("2", Enforce with { Patterns = ["other.example"] });
        fetcher.Hangs = true;
        using var deadline = new CancellationTokenSource();
        var lookup = new StsLookup(resolver, store, fetcher, clock);

        var asking = lookup.FindAsync(Domain, deadline.Token);
        await deadline.CancelAsync();

        (await asking).Enforced.ShouldBeTrue("whoever slows the policy host down must not switch a policy off");
    }

    [Fact]
    public async Task Gives_no_credit_for_testing_and_none()
    {
        Publish("1", Enforce with { Mode = StsMode.Testing });
        var testing = await FindAsync();
        (testing.Enforced, testing.Reason).ShouldBe((false, StsReasons.Testing));
        Publish("2", Enforce with { Mode = StsMode.None });
        (await FindAsync()).ShouldBe(new StsOutcome(null, StsReasons.None, null));
    }

    [Fact]
    public async Task Fetches_anew_when_the_id_changes()
    {
        Publish("1", Enforce);
        await FindAsync();
        var next = Enforce with { Patterns = ["other.example"] };
        Publish("2", next);
        (await FindAsync()).Policy.ShouldBe(next);
    }

    [Fact]
    public async Task Keeps_enforcing_while_the_record_is_missing_broken_or_unanswered()
    {
        Publish("1", Enforce);
        await FindAsync();
        resolver.Text.Clear();
        (await FindAsync()).Enforced.ShouldBeTrue("a missing record must not switch a policy off");
        resolver.Text[Record] = ["v=STSv1; id=!"];
        (await FindAsync()).Enforced.ShouldBeTrue("a broken record must not switch a policy off");
        resolver.Failing.Add($"txt {Record}");
        (await FindAsync()).Enforced.ShouldBeTrue("a failing look-up must not switch a policy off");
    }

    [Fact]
    public async Task Keeps_enforcing_while_a_new_id_cannot_be_fetched_and_backs_off_five_minutes()
    {
        Publish("1", Enforce);
        await FindAsync();
        Publish("2", null);
        (await FindAsync()).Enforced.ShouldBeTrue();
        (await FindAsync()).Enforced.ShouldBeTrue();
        fetcher.Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromMinutes(5));
        await FindAsync();
        fetcher.Count.ShouldBe(3);
        clock.Advance(TimeSpan.FromDays(7));
        (await FindAsync()).ShouldBe(new StsOutcome(null, StsReasons.FetchFailed, null));
    }

    [Fact]
    public async Task Backs_off_also_where_nothing_was_ever_fetched()
    {
        Publish("1", null);
        (await FindAsync()).Reason.ShouldBe(StsReasons.FetchFailed);
        (await FindAsync()).Reason.ShouldBe(StsReasons.FetchFailed);
        fetcher.Count.ShouldBe(1);
        Publish("1", Enforce);
        clock.Advance(TimeSpan.FromMinutes(5));
        (await FindAsync()).Enforced.ShouldBeTrue();
    }

    [Fact]
    public async Task Renews_in_the_second_half_of_its_life_without_a_new_id()
    {
        Publish("1", Enforce);
        await FindAsync();
        clock.Advance(TimeSpan.FromDays(4));
        (await FindAsync()).Expires.ShouldBe(clock.GetUtcNow() + Enforce.MaxAge);
        fetcher.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Says_that_the_record_could_not_be_asked_for()
    {
        resolver.Failing.Add($"txt {Record}");
        (await FindAsync()).Reason.ShouldBe(StsReasons.RecordFailed);
    }

    [Fact]
    public void Whatever_happens_an_enforced_policy_stays_until_it_expires_or_is_replaced_by_a_fetched_one()
    {
        var record = Gen.OneOf(
            new StsRecord("1", null),
            new StsRecord("2", null),
            StsRecord.Absent,
            new StsRecord(null, StsReasons.RecordBad),
            new StsRecord(null, StsReasons.RecordFailed)
        );
        var start = clock.GetUtcNow();
        Gen.Select(record, Gen.Int[0, 60 * 24 * 8])
            .Array[1, 12]
            .Sample(
                steps =>
                {
                    var kept = new StsEntry("1", Enforce, start, null, start);
                    var now = start;
                    foreach (var (step, minutes) in steps)
                    {
                        now += TimeSpan.FromMinutes(minutes);
                        var next = StsDecision.Next(kept, step, now);
                        var outcome = next.Outcome;
                        if (next.FetchId is { } id)
                        {
                            (kept, outcome) = StsDecision.Settle(
                                kept,
                                id,
                                new StsFetched(null, StsReasons.FetchFailed),
                                now
                            );
                        }

                        outcome.Enforced.ShouldBe(now < start + Enforce.MaxAge);
                    }
                },
                iter: Campaign.Inputs
            );
    }

    private void Publish(string id, StsPolicy? policy)
    {
        resolver.Text[Record] = [$"v=STSv1; id={id}"];
        fetcher.Answer = new StsFetched(policy, policy is null ? StsReasons.FetchFailed : null);
    }

    private Task<StsOutcome> FindAsync() =>
        new StsLookup(resolver, store, fetcher, clock).FindAsync(Domain, TestContext.Current.CancellationToken);
}
