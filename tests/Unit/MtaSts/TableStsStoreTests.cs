using TlsOrLink.Domains;
using TlsOrLink.MtaSts;

namespace TlsOrLink.Tests.Unit.MtaSts;

public sealed class TableStsStoreTests
{
    private static readonly MailDomain Domain = MailDomain.Parse("a.example");
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StsPolicy Policy = new(
        StsMode.Enforce,
        TimeSpan.FromDays(7),
        ["mx.example", "*.b.example"]
    );

    [Fact]
    public void Writes_rows_that_read_back_the_same()
    {
        var entry = new StsEntry("1", Policy, Now, "2", Now.AddMinutes(5));
        var again = TableStsStore.Read(TableStsStore.Write(Domain, entry));
        again.Policy.ShouldNotBeNull().Patterns.ShouldBe(Policy.Patterns);
        (again with { Policy = Policy }).ShouldBe(entry);
        var nothing = new StsEntry("", null, Now, "2", Now);
        TableStsStore.Read(TableStsStore.Write(Domain, nothing)).ShouldBe(nothing);
    }
}
