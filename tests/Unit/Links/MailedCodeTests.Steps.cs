using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

/// <summary>The rooms behind the codes, in memory.</summary>
public sealed partial class MailedCodeTests
{
    private const string Holder = "taro@partner.example";
    private static readonly RoutePlan Safe = new(Route.Tls, "verified", TlsLevel.Verified, []);

    private readonly MemoryTables tables = new();
    private readonly FakeTimeProvider time = new(Now.AddHours(1));
    private readonly LinkToken token = LinkToken.New();
    private RoutePlan? plan = Safe;

    private static AddressHash Hash =>
        new(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) }));

    Task<RoutePlan?> ISecretRoutes.FindAsync(MailDomain domain, TlsPolicy? wished, CancellationToken cancellation) =>
        Task.FromResult(plan);

    private string Generated => Locks().CodeFor(new MessageRow(Row().MessageId) { AccessCode = AccessCodeKind.Mail })!;

    private LinkLocks Locks() =>
        new(new PassphraseTable(tables, Hash), Hash, Options.Create(new LinkOptions { CompanyName = "x" }));

    private LinkTable Links() => new(tables, new DueTable(tables));

    private CodeTries Tries() =>
        new(Links(), Locks(), new Trail(Chained.Table(tables)), new ClientBudget(time), Hash, time);

    private CodeRequests Requests() =>
        new(Links(), Chained.Table(tables), this, new Trail(Chained.Table(tables)), new ClientBudget(time), Hash, time);

    private async Task PutAsync()
    {
        var row = Row() with
        {
            LinkId = token.LinkId,
            RecipientHash = Hash.Of(Holder),
            Lock = new LinkLock(AccessCodeKind.Mail, ""),
        };
        await Links().CreateAsync([row], default);
        await Chained.Table(tables).AddAsync([new MessageRow(row.MessageId) { Attempt = row.Attempt }], default);
    }

    private async Task<LinkRow> FindAsync() => (await Links().FindAsync(token.LinkId, default))!;

    private async Task<string> CodeAsync() => MailedCode.Of(await FindAsync(), Hash, time.GetUtcNow()) ?? "none";

    private Task<AskedCode> AskAsync(string? typed = Holder, string client = "192.0.2.9") =>
        Requests().AskAsync(token, typed, client, default);

    private async Task<CodeAnswer> TryAsync(string typed) =>
        (await Tries().TryAsync(token, typed, "192.0.2.9", default)).Answer;
}
