using Microsoft.Extensions.Options;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Tests.Unit.Subscriptions;

public sealed class SecretBoxTests
{
    private static readonly SecretBox Box = Of(1);

    [Fact]
    public void What_is_sealed_opens_where_it_was_and_nowhere_else()
    {
        var kept = Box.Seal("秘密 secret", "a|Secret");

        kept.ShouldNotContain("secret");
        Box.Open(kept, "a|Secret").ShouldBe("秘密 secret");
        Box.Open(kept, "b|Secret").ShouldBeNull();
        Box.Open(kept, "a|Url").ShouldBeNull();
        Of(2).Open(kept, "a|Secret").ShouldBeNull();
        Box.Seal("秘密 secret", "a|Secret").ShouldNotBe(kept, "each time anew");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void What_was_never_sealed_does_not_open(string? kept) => Box.Open(kept, "a|Secret").ShouldBeNull();

    [Fact]
    public void One_changed_bit_anywhere_does_not_open()
    {
        var kept = Convert.FromBase64String(Box.Seal("secret", "a|Secret"));
        for (var i = 0; i < kept.Length; i++)
        {
            byte[] changed = [.. kept];
            changed[i] ^= 1;
            Box.Open(Convert.ToBase64String(changed), "a|Secret").ShouldBeNull();
        }
    }

    private static SecretBox Of(byte key) =>
        new(
            new AddressHash(
                Options.Create(new StorageOptions { HashKey = Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]) })
            )
        );
}
