using System.Collections.Concurrent;
using System.Net;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>
/// A resolver made of plain data. A name exists where any table has it or a name below it; a name that exists without records of the type
/// answers no data. Nothing is secure unless its name is in <see cref="Secure"/> (or <see cref="AllSecure"/> is set).
/// </summary>
internal sealed class PlainResolver : IResolver
{
    public static readonly DateTimeOffset Expires = new(2030, 1, 1, 1, 0, 0, TimeSpan.Zero);

    public Dictionary<string, MxRecord[]> Mx { get; } = [];
    public Dictionary<string, string[]> Addresses { get; } = [];
    public Dictionary<string, string[]> Text { get; } = [];
    public Dictionary<string, TlsaRecord[]> Tlsa { get; } = [];

    /// <summary>By reverse name, as <c>1.2.0.192.in-addr.arpa</c>.</summary>
    public Dictionary<string, string[]> HostNames { get; } = [];
    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>Questions that fail with SERVFAIL, as <c>mx a.example</c>; types are mx, address, txt, tlsa, ptr, alias.</summary>
    public HashSet<string> Failing { get; } = [];

    /// <summary>Names whose answers are validated.</summary>
    public HashSet<string> Secure { get; } = [];

    public bool AllSecure { get; init; }

    /// <summary>The questions asked, in the form of <see cref="Failing"/>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation) =>
        Answer(name, "mx", Mx, cancellation);

    public async Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation)
    {
        var answer = await Answer(name, "address", Addresses, cancellation);
        return new DnsAnswer<IPAddress>(
            answer.Status,
            [.. answer.Records.Select(IPAddress.Parse)],
            answer.Secure,
            answer.Owner,
            answer.Expires
        )
        {
            Failure = answer.Failure,
        };
    }

    public Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation) =>
        Answer(name, "txt", Text, cancellation);

    public Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation) =>
        Answer(name, "tlsa", Tlsa, cancellation);

    public async Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation)
    {
        var answer = await Answer(DnsName.OfAddress(address), "ptr", HostNames, cancellation);
        return new DnsAnswer<DnsName>(
            answer.Status,
            [.. answer.Records.Select(Name)],
            answer.Secure,
            answer.Owner,
            answer.Expires
        )
        {
            Failure = answer.Failure,
        };
    }

    public Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation)
    {
        Asked.Enqueue($"alias {name}");
        return Task.FromResult(
            Failing.Contains($"alias {name}") ? DnsAnswer<DnsName>.NotFoundOut(DnsFailures.ServFail, name, Expires)
            : Aliases.TryGetValue(name.Value, out var target)
                ? new DnsAnswer<DnsName>(DnsStatus.Found, [Name(target)], IsSecure(name), name, Expires)
            : new DnsAnswer<DnsName>(
                Exists(name) ? DnsStatus.NoData : DnsStatus.NxDomain,
                [],
                IsSecure(name),
                name,
                Expires
            )
        );
    }

    public static DnsName Name(string text) =>
        DnsName.TryParse(text, out var name)
            ? name
            : throw new ArgumentException($"{text} is no DNS name: mend the test.", nameof(text));

    private Task<DnsAnswer<T>> Answer<T>(
        DnsName name,
        string type,
        Dictionary<string, T[]> table,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        Asked.Enqueue($"{type} {name}");
        var secure = IsSecure(name);
        for (var aliases = 0; Aliases.TryGetValue(name.Value, out var target); aliases++)
        {
            if (aliases == 10)
            {
                return Task.FromResult(DnsAnswer<T>.NotFoundOut(DnsFailures.AliasChain, name, Expires));
            }

            name = Name(target);
            secure &= IsSecure(name);
        }

        return Task.FromResult(
            Failing.Contains($"{type} {name}") ? DnsAnswer<T>.NotFoundOut(DnsFailures.ServFail, name, Expires)
            : table.TryGetValue(name.Value, out var records)
                ? new DnsAnswer<T>(DnsStatus.Found, records, secure, name, Expires)
            : new DnsAnswer<T>(Exists(name) ? DnsStatus.NoData : DnsStatus.NxDomain, [], secure, name, Expires)
        );
    }

    private bool IsSecure(DnsName name) => AllSecure || Secure.Contains(name.Value);

    private bool Exists(DnsName name) =>
        new[] { Mx.Keys, Addresses.Keys.AsEnumerable(), Text.Keys, Tlsa.Keys, HostNames.Keys, Aliases.Keys }
            .SelectMany(keys => keys)
            .Any(key => key == name.Value || key.EndsWith("." + name.Value, StringComparison.Ordinal));
}
