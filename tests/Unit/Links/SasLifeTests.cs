using CsCheck;
using TlsOrLink.Links;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class SasLifeTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1_000_000, 10)]
    [InlineData(150_000_000, 20)]
    [InlineData(450_000_000, 60)]
    [InlineData(10_000_000_000, 60)]
    [InlineData(long.MaxValue, 60)]
    public void Lives_as_long_as_the_bytes_take_at_one_megabit_within_10_and_60_minutes(long bytes, int minutes) =>
        SasLife.EndOf(bytes, Now, Now.AddDays(1)).ShouldBe(Now.AddMinutes(minutes));

    [Fact]
    public void Never_outlives_the_link() =>
        SasLife.EndOf(long.MaxValue, Now, Now.AddMinutes(3)).ShouldBe(Now.AddMinutes(3));

    [Fact]
    public void Ends_in_the_future_and_within_an_hour_for_every_size() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[1, 1_000_000])
            .Sample(
                (bytes, seconds) =>
                    SasLife.EndOf(bytes, Now, Now.AddSeconds(seconds)) is var end
                    && end > Now
                    && end <= Now.AddHours(1)
                    && end <= Now.AddSeconds(seconds)
            );
}
