using TlsOrLink.Faults;

namespace TlsOrLink.Health;

/// <summary>How every dependency is.</summary>
/// <param name="Status">The worst of them that counts: <see cref="DependencyStatus.Unknown"/> does not.</param>
/// <param name="Dependencies">By name.</param>
internal sealed record HealthReport(
    DependencyStatus Status,
    IReadOnlyDictionary<string, DependencyFinding> Dependencies
);

/// <summary>Looks at all dependencies at once, at most every few seconds however often it is asked: anyone may ask.</summary>
internal sealed class HealthDesk(IEnumerable<IDependency> dependencies, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>A dependency that needs longer is failing: whoever asks has a deadline too.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    private readonly SemaphoreSlim _one = new(1);
    private (HealthReport Report, long At)? _last;

    /// <summary>A report that is at most ten seconds old.</summary>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is { } last && clock.GetElapsedTime(last.At) < Life)
            {
                return last.Report;
            }

            var found = await Task.WhenAll(dependencies.Select(LookAsync));
            var report = new HealthReport(
                found
                    .Select(one => one.Value.Status)
                    .Where(status => status != DependencyStatus.Unknown)
                    .DefaultIfEmpty(DependencyStatus.Ok)
                    .Max(),
                new SortedDictionary<string, DependencyFinding>(found.ToDictionary(), StringComparer.Ordinal)
            );
            _last = (report, clock.GetTimestamp());
            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<KeyValuePair<string, DependencyFinding>> LookAsync(IDependency dependency)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        DependencyFinding finding;
        try
        {
            finding = await dependency.CheckAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception fault) when (fault is TransientFault or PermanentFault)
        {
            finding = new DependencyFinding(DependencyStatus.Failing, fault.Message, dependency.Remedy);
        }
        catch (OperationCanceledException)
        {
            finding = new DependencyFinding(DependencyStatus.Failing, "It did not answer in time.", dependency.Remedy);
        }

        return new(dependency.Name, finding);
    }
}
