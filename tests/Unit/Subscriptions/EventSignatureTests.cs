using TlsOrLink.Subscriptions;

namespace TlsOrLink.Tests.Unit.Subscriptions;

public sealed class EventSignatureTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void Signs_as_the_published_example_of_Standard_Webhooks() =>
        EventSignature
            .Of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                At,
                """{"test": 2432232314}"""u8
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Whoever_knows_one_of_the_secrets_finds_its_signature() =>
        EventSignature
            .Of(["secret-of-my-own", "another-secret-1"], "id", At, [1])
            .Split(' ')
            .ShouldBe([
                EventSignature.Of("secret-of-my-own", "id", At, [1]),
                EventSignature.Of("another-secret-1", "id", At, [1]),
            ]);

    [Fact]
    public void Every_part_counts()
    {
        string[] signatures =
        [
            EventSignature.Of("secret-of-my-own", "id", At, "body"u8),
            EventSignature.Of("secret-of-my-owN", "id", At, "body"u8),
            EventSignature.Of("secret-of-my-own", "iD", At, "body"u8),
            EventSignature.Of("secret-of-my-own", "id", At.AddSeconds(1), "body"u8),
            EventSignature.Of("secret-of-my-own", "id", At, "bodY"u8),
        ];
        signatures.Distinct().Count().ShouldBe(signatures.Length);
    }

    [Fact]
    public void A_new_secret_is_a_key_of_32_bytes_that_nobody_has_seen()
    {
        var (one, other) = (EventSignature.NewSecret(), EventSignature.NewSecret());
        one.ShouldNotBe(other);
        EventSignature.IsKey(one).ShouldBeTrue();
        Convert.FromBase64String(one["whsec_".Length..]).Length.ShouldBe(32);
    }

    [Theory]
    [InlineData("whsec_", false)]
    [InlineData("whsec_***", false)]
    [InlineData("whsec_AAAA", true)]
    [InlineData("anything", true)]
    public void A_secret_that_says_it_is_base64_must_be(string secret, bool isKey) =>
        EventSignature.IsKey(secret).ShouldBe(isKey);
}
