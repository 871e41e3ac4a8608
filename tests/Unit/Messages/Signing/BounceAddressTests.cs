using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Messages.Signing;

public sealed class BounceAddressTests
{
    private static readonly RecipientRow Row = new("0123456789abcdef0123456789abcdef", "0123abcd", 99_999)
    {
        Sender = "hanako@sender.example",
    };

    [Fact]
    public void Without_the_setting_the_reverse_path_is_the_senders()
    {
        var off = New(null);

        (off.IsOn, off.Of(Row).ToString()).ShouldBe((false, "hanako@sender.example"));
        off.Find(New("bounces.example").Of(Row)).ShouldBeNull();
    }

    [Fact]
    public void An_address_of_ours_names_its_recipient_and_no_person()
    {
        var ours = New("bounces.example");

        var address = ours.Of(Row);

        address.LocalPart.Length.ShouldBeLessThanOrEqualTo(64);
        address.ToString().ShouldNotContain("hanako");
        ours.Find(address).ShouldBe((Row.MessageId, "0123abcd", 99_999));
        ours.Find(MailAddress.Parse(address.ToString().ToUpperInvariant())).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("b.0123456789abcdef0123456789abcdef.0123abcd.1.0123456789@bounces.example")]
    [InlineData("b.x@bounces.example")]
    [InlineData("hanako@bounces.example")]
    public void Nobody_else_can_make_one(string address) =>
        New("bounces.example").Find(MailAddress.Parse(address)).ShouldBeNull();

    private static BounceAddress New(string? domain) =>
        new(
            Options.Create(new IdentityOptions { BounceDomain = domain }),
            new AddressHash(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) }))
        );
}
