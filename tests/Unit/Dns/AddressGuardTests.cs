using System.Net;
using System.Net.Sockets;
using CsCheck;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

public sealed class AddressGuardTests
{
    private static readonly AddressGuard Closed = new([]);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:200::1")]
    [InlineData("2400:cb00::1")]
    [InlineData("2a00:1450::1")]
    public void Lets_public_addresses_through(string address) => Closed.Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "this network")]
    [InlineData("10.0.0.1", "private")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("100.64.0.1", "carrier-grade NAT")]
    [InlineData("100.127.255.255", "carrier-grade NAT")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("169.254.0.1", "link-local")]
    [InlineData("169.254.169.254", "metadata")]
    [InlineData("168.63.129.16", "Azure host agent")]
    [InlineData("192.0.0.8", "protocol assignments")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("192.88.99.1", "6to4 relay")]
    [InlineData("198.18.0.1", "benchmarking")]
    [InlineData("198.19.255.255", "benchmarking")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::127.0.0.1", "IPv4-compatible")]
    [InlineData("::8.8.8.8", "IPv4-compatible")]
    [InlineData("::ffff:10.0.0.1", "IPv4-mapped")]
    [InlineData("::ffff:127.0.0.1", "IPv4-mapped")]
    [InlineData("::ffff:169.254.169.254", "IPv4-mapped")]
    [InlineData("::ffff:8.8.8.8", "IPv4-mapped")]
    [InlineData("::ffff:0:10.0.0.1", "IPv4-translated")]
    [InlineData("64:ff9b::10.0.0.1", "NAT64")]
    [InlineData("64:ff9b::169.254.169.254", "NAT64")]
    [InlineData("64:ff9b:1::1", "local NAT64")]
    [InlineData("100::1", "discard")]
    [InlineData("2001::1", "Teredo")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo")]
    [InlineData("2001:2::1", "benchmarking")]
    [InlineData("2001:10::1", "ORCHID")]
    [InlineData("2001:20::1", "ORCHIDv2")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2002:7f00:1::1", "6to4 of 127.0.0.1")]
    [InlineData("2002:a9fe:a9fe::1", "6to4 of 169.254.169.254")]
    [InlineData("3ffe::1", "6bone")]
    [InlineData("3fff::1", "documentation")]
    [InlineData("5f00::1", "segment routing")]
    [InlineData("fc00::1", "unique local")]
    [InlineData("fd00:ec2::254", "metadata")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%1", "link-local with a scope")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    public void Refuses_special_addresses(string address, string why) =>
        Closed.Allows(IPAddress.Parse(address)).ShouldBeFalse($"{address} is {why}: no public mail server is there.");

    [Fact]
    public void Opens_only_the_ranges_listed()
    {
        var guard = new AddressGuard([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("fd00:1::/32")]);
        guard.Allows(IPAddress.Parse("127.0.0.2")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("fd00:1::5")).ShouldBeTrue();
        guard.Allows(IPAddress.Parse("10.0.0.1")).ShouldBeFalse();
        guard.Allows(IPAddress.Parse("fd00:2::5")).ShouldBeFalse();
        guard.Allows(IPAddress.Parse("::1")).ShouldBeFalse();
        guard
            .Allows(IPAddress.Parse("::ffff:127.0.0.2"))
            .ShouldBeFalse("a mapped form is never opened by its IPv4 range");
        guard.Allows(IPAddress.Parse("1.1.1.1")).ShouldBeTrue();
    }

    [Fact]
    public void Never_lets_an_IPv6_form_reach_an_IPv4_address_that_is_refused() =>
        Gen
            .Byte.Array[4]
            .Sample(
                v4 =>
                {
                    byte[][] forms =
                    [
                        [.. new byte[10], 0xff, 0xff, .. v4],
                        [.. new byte[12], .. v4],
                        [0x00, 0x64, 0xff, 0x9b, .. new byte[8], .. v4],
                        [0x20, 0x02, .. v4, .. new byte[10]],
                        [0x20, 0x01, 0, 0, .. new byte[8], .. v4.Select(octet => (byte)~octet)],
                    ];
                    forms.Select(form => new IPAddress(form)).Where(Closed.Allows).ShouldBeEmpty();
                },
                iter: Campaign.Inputs
            );

    [Fact]
    public void Lets_through_no_IPv6_address_outside_global_unicast() =>
        Gen
            .Byte.Array[16]
            .Select(bytes => new IPAddress(bytes))
            .Where(address => address.AddressFamily == AddressFamily.InterNetworkV6)
            .Sample(
                address =>
                {
                    if (Closed.Allows(address))
                    {
                        (address.GetAddressBytes()[0] >> 5).ShouldBe(1);
                    }
                },
                iter: Campaign.Inputs
            );

    [Fact]
    public void Names_the_setting_of_a_bad_range()
    {
        var options = new AddressGuardOptions { OpenRanges = ["127.0.0.0/8", "127.0.0.1/99"] };
        var fault = options.Validate(new(options)).ShouldHaveSingleItem();
        fault.ErrorMessage.ShouldNotBeNull().ShouldContain("Smtp:OpenRanges");
    }
}
