using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class AddressLimitsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AddressLimits _limits;

    public AddressLimitsTests() =>
        _limits = new AddressLimits(
            Options.Create(new SmtpOptions { ConnectionsPerAddress = 4, SlowDownFor = TimeSpan.FromMinutes(1) }),
            _clock
        );

    [Fact]
    public async Task Lets_so_many_in_and_the_next_when_one_leaves()
    {
        var inside = await EnterAsync(4);
        var next = _limits.EnterAsync(IPAddress.Loopback, CancellationToken.None);

        next.IsCompleted.ShouldBeFalse("four places are taken");
        inside[0].Dispose();
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Counts_each_address_on_its_own()
    {
        await EnterAsync(4);

        _limits.EnterAsync(IPAddress.IPv6Loopback, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Halves_the_places_for_a_while_when_the_address_says_so()
    {
        var inside = await EnterAsync(4);
        _limits.SlowDown(IPAddress.Loopback);
        _limits.SlowDown(IPAddress.Loopback); // once in that while
        inside[0].Dispose();
        inside[1].Dispose();
        var waiting = _limits.EnterAsync(IPAddress.Loopback, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse("two are inside and two are allowed");

        _clock.Advance(TimeSpan.FromMinutes(2));
        inside[2].Dispose();

        await waiting;
        (await EnterAsync(2)).Count.ShouldBe(2, "all four places are back");
    }

    [Fact]
    public async Task Gives_up_the_turn_of_one_who_stops_waiting()
    {
        var inside = await EnterAsync(4);
        using var impatient = new CancellationTokenSource();
        var first = _limits.EnterAsync(IPAddress.Loopback, impatient.Token);
        var second = _limits.EnterAsync(IPAddress.Loopback, CancellationToken.None);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);

        inside[0].Dispose();

        (await second).ShouldNotBeNull();
    }

    [Fact]
    public async Task Forgets_an_address_that_nobody_uses()
    {
        (await EnterAsync(3)).ForEach(place => place.Dispose());

        _limits.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Gives_a_place_back_once_however_often_it_is_disposed()
    {
        var inside = await EnterAsync(4);
        inside[0].Dispose();
        inside[0].Dispose();
        await EnterAsync(1);

        _limits.EnterAsync(IPAddress.Loopback, CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    private async Task<List<IDisposable>> EnterAsync(int count)
    {
        var places = new List<IDisposable>();
        for (var i = 0; i < count; i++)
        {
            places.Add(await _limits.EnterAsync(IPAddress.Loopback, CancellationToken.None));
        }

        return places;
    }
}
