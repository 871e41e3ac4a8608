using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Dns;
using TlsOrLink.Inbound;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>The hook over storage in memory; no name of the DNS exists, or each has one text record.</summary>
internal static class InboundRooms
{
    public static InboundDesk New(
        MemoryTables tables,
        MemoryBlobs blobs,
        TimeProvider clock,
        ECDsa key,
        long maxBytes,
        string? record = null,
        Spools? spools = null
    )
    {
        var options = Options.Create(
            new InboundOptions
            {
                Key = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
                Caller = "in",
                Domain = "out.sender.example",
                MaxBytes = maxBytes,
            }
        );
        var callers = new CallersOptions();
        callers.Callers.Add(
            new CallerSettings
            {
                Name = "in",
                Roles = ["sender"],
                Senders = ["*@sender.example"],
            }
        );
        var hash = new AddressHash(
            Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) })
        );
        var intake = Options.Create(new IntakeOptions());
        var due = new DueTable(tables);
        var scratches = new Scratches(blobs, due, clock);
        return new InboundDesk(
            new InboundGate(options, clock),
            spools ?? new Spools(),
            scratches,
            new Reports(
                Chained.Table(tables),
                new BounceAddress(Options.Create(new IdentityOptions { BounceDomain = "b.sender.example" }), hash),
                clock
            ),
            new InboundLetters(
                new CallerDirectory(Options.Create(callers)),
                scratches,
                new AuthorProof(new DkimCheck(new DkimKeys(new OneRecord(record)), options, clock), clock),
                new Refusals(tables, due, clock),
                options,
                intake
            ),
            options,
            intake,
            NullLogger<InboundDesk>.Instance
        );
    }

    /// <summary>No name exists where the record is null.</summary>
    private sealed class OneRecord(string? record) : IResolver
    {
        public Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation) =>
            Task.FromResult(
                record is null
                    ? new DnsAnswer<string>(DnsStatus.NxDomain, [], false, name, DateTimeOffset.MaxValue)
                    : new DnsAnswer<string>(DnsStatus.Found, [record], false, name, DateTimeOffset.MaxValue)
            );

        public Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
