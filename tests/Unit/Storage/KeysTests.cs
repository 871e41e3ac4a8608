using CsCheck;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Storage;

public sealed class KeysTests
{
    private const string Id = "00112233445566778899aabbccddeeff";
    private static readonly DateTimeOffset At = new(2026, 1, 9, 23, 59, 59, TimeSpan.FromHours(9));

    [Fact]
    public void Are_what_is_stored_and_must_stay_so()
    {
        Keys.Recipient("a1b2c3d4", 42).ShouldBe("r:a1b2c3d4:000042");
        Keys.File("a1b2c3d4", 7).ShouldBe("f:a1b2c3d4:00007");
        Keys.Hour(At).ShouldBe("2026010914");
        Keys.MessageBlob(At, Id, "a1b2c3d4").ShouldBe($"2026010914/{Id}/a1b2c3d4.eml");
        Keys.FileBlob(At, Id, 3).ShouldBe($"2026010914/{Id}/3");
        Keys.BodyBlob(At, Id).ShouldBe($"2026010914/{Id}/body");
        Keys.Due("link", At, 5).ShouldBe("link|2026010914|05");
        Keys.Shard(Id, Keys.DueShards).ShouldBe(9);
        Keys.IndexPartition("caller", At, Id).ShouldBe("caller|202601|1");
        Keys.IndexByTime(At, Id).ShouldBe($"t|2516343300009999999|{Id}");
    }

    [Fact]
    public void Sort_recipients_by_number_and_messages_newest_first()
    {
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[0, 99_999])
            .Sample(
                (a, b) =>
                    Math.Sign(string.CompareOrdinal(Keys.Recipient("x", a), Keys.Recipient("x", b))) == a.CompareTo(b)
            );
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue])
            .Sample(
                (a, b) =>
                    Math.Sign(
                        string.CompareOrdinal(
                            Keys.IndexByTime(At.AddSeconds(a), ""),
                            Keys.IndexByTime(At.AddSeconds(b), "")
                        )
                    ) == b.CompareTo(a)
            );
    }

    [Fact]
    public void End_a_range_behind_everything_that_begins_with_a_prefix() =>
        Gen.String[Gen.Char.AlphaNumeric, 0, 10]
            .Sample(rest => string.CompareOrdinal("r:" + rest, Keys.After("r:")) < 0);

    [Fact]
    public void Hide_addresses_behind_a_key_that_others_do_not_have()
    {
        var (ours, others) = (Hash(1), Hash(2));
        MailAddress.TryParse("Taro#/?@x.example", out var address).ShouldBeTrue();

        ours.Of(address!).ShouldMatch("^[0-9a-f]{32}$");
        ours.Of(address!).ShouldBe(ours.Of("TARO#/?@x.example"));
        ours.Of(address!).ShouldNotBe(others.Of(address!));
        ours.For("message-id", "ab", "c").ShouldNotBe(ours.For("message-id", "a", "bc"));
        ours.For("message-id", "ab").ShouldNotBe(ours.For("other", "ab"));
    }

    private static AddressHash Hash(byte key)
    {
        var bytes = new byte[32];
        bytes[0] = key;
        return new(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(bytes) }));
    }
}
