using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Faults;
using TlsOrLink.Health;

namespace TlsOrLink.Tests.Unit.Health;

public sealed class HealthDeskTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(new[] { DependencyStatus.Ok, DependencyStatus.Ok }, DependencyStatus.Ok)]
    [InlineData(new[] { DependencyStatus.Ok, DependencyStatus.Unknown }, DependencyStatus.Ok)]
    [InlineData(new[] { DependencyStatus.Degraded, DependencyStatus.Ok }, DependencyStatus.Degraded)]
    [InlineData(new[] { DependencyStatus.Failing, DependencyStatus.Degraded }, DependencyStatus.Failing)]
    [InlineData(new[] { DependencyStatus.Unknown }, DependencyStatus.Ok)]
    internal async Task The_worst_that_counts_is_the_whole(DependencyStatus[] each, DependencyStatus whole)
    {
        using var desk = Desk([.. each.Select((status, i) => new Dependency($"d{i}", _ => Found(status)))]);

        (await desk.ReportAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(whole);
    }

    [Fact]
    public async Task A_fault_is_a_finding_with_the_remedy()
    {
        using var desk = Desk(new Dependency("storage", _ => throw new TransientFault("Table storage answered 503.")));

        var report = await desk.ReportAsync(TestContext.Current.CancellationToken);

        report
            .Dependencies["storage"]
            .ShouldBe(new DependencyFinding(DependencyStatus.Failing, "Table storage answered 503.", "Do this."));
    }

    [Fact]
    public async Task What_does_not_answer_in_time_fails()
    {
        using var desk = Desk(new Dependency("slow", _ => new TaskCompletionSource<DependencyFinding>().Task));

        var report = desk.ReportAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(9));

        (await report).Dependencies["slow"].Status.ShouldBe(DependencyStatus.Failing);
    }

    [Fact]
    public async Task Looks_once_in_ten_seconds_however_often_it_is_asked()
    {
        var looks = 0;
        using var desk = Desk(
            new Dependency(
                "storage",
                _ =>
                {
                    looks++;
                    return Found(DependencyStatus.Ok);
                }
            )
        );

        await desk.ReportAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(9));
        await desk.ReportAsync(TestContext.Current.CancellationToken);
        looks.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(2));
        await desk.ReportAsync(TestContext.Current.CancellationToken);
        looks.ShouldBe(2);
    }

    private static Task<DependencyFinding> Found(DependencyStatus status) =>
        Task.FromResult(new DependencyFinding(status, "As told."));

    private HealthDesk Desk(params IDependency[] dependencies) => new(dependencies, _clock);

    private sealed class Dependency(string name, Func<CancellationToken, Task<DependencyFinding>> check) : IDependency
    {
        public string Name => name;

        public string Remedy => "Do this.";

        public Task<DependencyFinding> CheckAsync(CancellationToken cancellation) => check(cancellation);
    }
}
