using TlsOrLink.Functions.Http;

namespace TlsOrLink.Tests.Unit.Functions;

public sealed class ClientsTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:51234", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64")]
    [InlineData("[2001:db8:1:2:bbbb::9]:51234", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("unknown", "unknown")]
    public void A_subscriber_of_IPv6_counts_as_one_client_whatever_address_it_takes(string address, string client) =>
        Clients.NetworkOf(address).ShouldBe(client);
}
