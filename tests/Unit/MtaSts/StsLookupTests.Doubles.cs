using TlsOrLink.Domains;
using TlsOrLink.MtaSts;

namespace TlsOrLink.Tests.Unit.MtaSts;

/// <summary>A store and a policy host in memory.</summary>
public sealed partial class StsLookupTests
{
    private sealed class PlainStore : IMtaStsStore
    {
        private readonly Dictionary<MailDomain, StsEntry> entries = [];

        public Task<StsEntry?> ReadAsync(MailDomain domain, CancellationToken cancellation) =>
            Task.FromResult(entries.GetValueOrDefault(domain));

        public Task WriteAsync(MailDomain domain, StsEntry entry, CancellationToken cancellation)
        {
            entries[domain] = entry;
            return Task.CompletedTask;
        }
    }

    private sealed class PlainFetcher : IStsFetcher
    {
        public StsFetched Answer { get; set; } = new(null, StsReasons.FetchFailed);
        public int Count { get; private set; }

        public bool Hangs { get; set; }

        public async Task<StsFetched> FetchAsync(MailDomain domain, CancellationToken cancellation)
        {
            Count++;
            await (Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, cancellation) : Task.CompletedTask);
            return Answer;
        }
    }
}
