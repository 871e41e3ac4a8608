using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class ClientBudgetTests
{
    [Fact]
    public void What_is_counted_has_rooms_of_its_own()
    {
        var budget = new ClientBudget(new FakeTimeProvider());
        for (var i = 0; i < ClientBudget.Most; i++)
        {
            budget.TryTake(Counted.Codes, "192.0.2.1").ShouldBeTrue();
        }

        budget.TryTake(Counted.Codes, "192.0.2.1").ShouldBeFalse();
        foreach (var other in Enum.GetValues<Counted>().Where(one => one != Counted.Codes))
        {
            budget.TryTake(other, "192.0.2.1").ShouldBeTrue();
        }

        for (var i = 0; i <= ClientBudget.MaxClients; i++)
        {
            budget.TryTake(Counted.Opens, $"link {i}");
        }

        budget.TryTake(Counted.Codes, "192.0.2.1").ShouldBeFalse("pages that are fetched make nobody forget it");
    }
}
