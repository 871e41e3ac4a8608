using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Tests.Unit.Subscriptions;

public sealed class PostJudgeTests
{
    private static readonly SubscriptionsOptions Options = new();

    [Theory]
    [InlineData(200, nameof(PostFate.Taken), "")]
    [InlineData(202, nameof(PostFate.Taken), "")]
    [InlineData(204, nameof(PostFate.Taken), "")]
    [InlineData(301, nameof(PostFate.Failed), "redirect")]
    [InlineData(307, nameof(PostFate.Failed), "redirect")]
    [InlineData(400, nameof(PostFate.Failed), "status-400")]
    [InlineData(401, nameof(PostFate.Failed), "status-401")]
    [InlineData(404, nameof(PostFate.Failed), "status-404")]
    [InlineData(410, nameof(PostFate.Gone), "")]
    [InlineData(429, nameof(PostFate.Failed), "status-429")]
    [InlineData(500, nameof(PostFate.Failed), "status-500")]
    [InlineData(503, nameof(PostFate.Failed), "status-503")]
    public void An_answer_is_judged_by_its_status(int status, string fate, string reason)
    {
        var result = PostJudge.Of((HttpStatusCode)status, retryAfter: null);

        (result.Fate.ToString(), result.Reason).ShouldBe((fate, reason));
    }

    public static TheoryData<Exception, string> Faults =>
        new()
        {
            { new OperationCanceledException(), PostJudge.Timeout },
            { new HttpRequestException("x", new RefusedAddressException()), PostJudge.AddressRefused },
            { new HttpRequestException("x", new UnknownHostException()), PostJudge.UnknownHost },
            { new HttpRequestException("x", new AuthenticationException()), PostJudge.TlsFailed },
            { new HttpRequestException("x", new SocketException()), PostJudge.NotConnected },
            { new IOException("x"), PostJudge.NotConnected },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void What_went_wrong_has_a_slug(Exception fault, string reason) =>
        PostJudge.Of(fault).ShouldBe(new PostResult(PostFate.Failed, reason));

    [Fact]
    public void Waits_double_up_to_the_longest_until_the_period_is_over()
    {
        var failed = new PostResult(PostFate.Failed, "status-500");
        List<TimeSpan> waits = [];
        var elapsed = TimeSpan.Zero;
        while (PostJudge.WaitAfter(waits.Count, failed, elapsed, Options) is { } wait)
        {
            waits.Add(wait);
            elapsed += wait;
        }

        waits.Take(4).Select(wait => wait.TotalSeconds).ShouldBe([10, 20, 40, 80]);
        waits.ShouldAllBe(wait => wait <= Options.LongestRetry);
        elapsed.ShouldBeLessThanOrEqualTo(Options.RetryPeriod);
        waits.Count.ShouldBeLessThan(40, "its history stays small");
    }

    [Theory]
    [InlineData("00:00:10", "01:00:00", "1.00:00:00", true)]
    [InlineData("00:00:01", "01:00:00", "7.00:00:00", true)]
    [InlineData("00:00:01", "00:00:02", "00:00:06", true)]
    [InlineData("00:00:01", "00:00:01", "7.00:00:00", false)]
    [InlineData("00:00:01", "00:30:00", "7.00:00:00", false)]
    [InlineData("01:00:00", "00:00:01", "1.00:00:00", false)]
    public void Settings_that_make_a_history_without_end_are_refused_by_name(
        string first,
        string longest,
        string period,
        bool isGood
    )
    {
        var options = new SubscriptionsOptions
        {
            FirstRetry = Parse(first),
            LongestRetry = Parse(longest),
            RetryPeriod = Parse(period),
        };
        List<ValidationResult> faults = [];

        Validator.TryValidateObject(options, new ValidationContext(options), faults, true).ShouldBe(isGood);

        if (!isGood)
        {
            var words = faults.ShouldHaveSingleItem().ErrorMessage.ShouldNotBeNull();
            words.ShouldContain("Subscriptions:FirstRetry");
            words.ShouldContain("Subscriptions:LongestRetry");
            words.ShouldContain("Subscriptions:RetryPeriod");
        }

        static TimeSpan Parse(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_wish_to_be_left_alone_is_heeded_within_bounds()
    {
        WaitOf(TimeSpan.FromMinutes(2)).ShouldBe(TimeSpan.FromMinutes(2));
        WaitOf(TimeSpan.FromSeconds(1)).ShouldBe(Options.FirstRetry);
        WaitOf(TimeSpan.FromDays(9)).ShouldBe(Options.LongestRetry);
        WaitOf(-TimeSpan.FromDays(9)).ShouldBe(Options.FirstRetry);

        static TimeSpan? WaitOf(TimeSpan asked) =>
            PostJudge.WaitAfter(0, PostJudge.Of(HttpStatusCode.ServiceUnavailable, asked), TimeSpan.Zero, Options);
    }

    [Fact]
    public void What_is_taken_or_gone_is_not_tried_again()
    {
        PostJudge.WaitAfter(0, new PostResult(PostFate.Taken), TimeSpan.Zero, Options).ShouldBeNull();
        PostJudge.WaitAfter(0, new PostResult(PostFate.Gone), TimeSpan.Zero, Options).ShouldBeNull();
    }
}
