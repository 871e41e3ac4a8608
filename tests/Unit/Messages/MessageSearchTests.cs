using Azure.Data.Tables;
using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Pages of a search against what a plain list would find.</summary>
public sealed class MessageSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly AddressHash Hash = new(
        Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) })
    );

    private static readonly Gen<Sample> Samples = Gen.Select(
        Gen.Int[0, 1],
        // Few instants, so that many messages share one; up to fourteen months back.
        Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 420]),
        Gen.Int[0, 2],
        Gen.Int[0, 3],
        Gen.Enum<MessageState>(),
        (caller, day, sender, recipient, state) => new Sample(caller, day, sender, recipient, state)
    );

    private static readonly Gen<SearchTerms> Terms = Gen.Select(
        Gen.Int[-2, 2],
        Gen.Int[-3, 3],
        Gen.OneOf(Gen.Const((MessageState?)null), Gen.Enum<MessageState>().Select(state => (MessageState?)state)),
        Gen.Int[0, 420],
        Gen.Int[0, 420],
        Gen.Int[1, 7],
        (sender, recipient, state, from, to, top) =>
            new SearchTerms(
                sender < 0 ? null : Address("s", sender),
                recipient < 0 ? null : Address("r", recipient),
                state,
                from % 3 == 0 ? null : Now.AddDays(-Math.Max(from, to) - 1),
                to % 3 == 0 ? null : Now.AddDays(-Math.Min(from, to)),
                top
            )
    );

    [Fact]
    public void Pages_find_each_message_that_is_meant_once_and_in_order() =>
        Gen.Select(Samples.Array[0, 60], Terms)
            .Sample(
                (samples, terms) => SearchAsync(samples, terms).GetAwaiter().GetResult(),
                iter: Campaign.FewInputs,
                threads: 1
            );

    [Fact]
    public async Task A_page_costs_no_more_than_it_says_however_many_messages_there_are()
    {
        var tables = new MemoryTables();
        for (var n = 0; n < 1_000; n++)
        {
            Put(tables, new Sample(0, n % 400, 0, 0, MessageState.Completed), n);
        }

        var search = SearchOf(tables);
        var terms = new SearchTerms(null, null, MessageState.Held, null, null, SearchTerms.MostTop);
        SearchPlace? place = null;
        var (pages, found) = (0, 0);
        do
        {
            var before = tables.Queries;
            var page = await search.FindAsync("c0", terms, place, default);
            (tables.Queries - before).ShouldBeLessThanOrEqualTo(
                1 + (RecentMessages.Months * Keys.IndexShards) + MessageSearch.MostLooked
            );
            (place, found) = (page.Rest, found + page.Messages.Count);
        } while (place is not null && ++pages < 100);

        found.ShouldBe(0);
        pages.ShouldBeInRange(5, 20);
    }

    [Fact]
    public async Task Leaves_out_entries_whose_message_is_not_there_or_was_taken_at_another_instant()
    {
        var tables = new MemoryTables();
        Put(tables, new Sample(0, 1, 0, 0, MessageState.Completed), 1);
        PutEntry(tables, "c0", Id(2), Now.AddDays(-2), Keys.IndexByTime(Now.AddDays(-2), Id(2)));
        PutEntry(tables, "c0", Id(1), Now.AddDays(-3), Keys.IndexByTime(Now.AddDays(-3), Id(1)));

        var page = await SearchOf(tables)
            .FindAsync("c0", new SearchTerms(null, null, null, null, null, 25), null, default);

        page.Messages.ShouldHaveSingleItem().Message.CreatedAt.ShouldBe(Now.AddDays(-1));
        page.Rest.ShouldBeNull();
    }

    [Theory]
    [InlineData("0001-01-01", null)]
    [InlineData("1970-01-01", null)]
    [InlineData(null, "9999-12-31")]
    [InlineData("0001-01-01T00:00:00.0000001Z", "0001-01-01")]
    public async Task Finds_nothing_before_the_first_message_or_after_today(string? to, string? from)
    {
        var tables = new MemoryTables();
        Put(tables, new Sample(0, 1, 0, 0, MessageState.Completed), 1);
        Dictionary<string, string> given = new(StringComparer.Ordinal) { ["to"] = to ?? "", ["from"] = from ?? "" };
        var terms = SearchTerms.Read(given, new Dictionary<string, string[]>(StringComparer.Ordinal));

        var page = await SearchOf(tables).FindAsync("c0", terms, null, default);

        (page.Messages.Count, page.Rest).ShouldBe((0, null));
    }

    private static async Task SearchAsync(Sample[] samples, SearchTerms terms)
    {
        var tables = new MemoryTables();
        foreach (var (n, sample) in samples.Index())
        {
            Put(tables, sample, n);
        }

        var continuations = new Continuations(Hash);
        var search = SearchOf(tables);
        List<string> found = [];
        string? text = null;
        do
        {
            var place = text is null ? null : continuations.Read("c0", terms, text).ShouldNotBeNull();
            var page = await search.FindAsync("c0", terms, place, default);
            page.Messages.Count.ShouldBeLessThanOrEqualTo(terms.Top);
            found.AddRange(page.Messages.Select(message => message.Message.Id));
            text = continuations.Of("c0", terms, page.Rest);
        } while (text is not null);

        found.ShouldBe(
            samples
                .Index()
                .Where(one => one.Item.Caller == 0 && one.Item.IsMeant(terms))
                .OrderByDescending(one => one.Item.At)
                .ThenBy(one => Id(one.Index), StringComparer.Ordinal)
                .Select(one => Id(one.Index))
        );
    }

    private static MessageSearch SearchOf(MemoryTables tables) =>
        new(new RecentMessages(tables, Hash), Chained.Table(tables), new FakeTimeProvider(Now));

    private static void Put(MemoryTables tables, Sample sample, int n)
    {
        var (caller, id) = ($"c{sample.Caller}", Id(n));
        foreach (
            var key in (string[])
                [
                    Keys.IndexByTime(sample.At, id),
                    Keys.IndexBySender(Hash.Of(Address("s", sample.Sender)), sample.At, id),
                    Keys.IndexByRecipient(Hash.Of(Address("r", sample.Recipient)), sample.At, id),
                ]
        )
        {
            PutEntry(tables, caller, id, sample.At, key);
        }

        var message = new MessageRow(id)
        {
            Caller = caller,
            Sender = Address("s", sample.Sender).ToString(),
            State = sample.State,
            CreatedAt = sample.At,
        };
        tables.Put(TableNames.Messages, message.Entity);
    }

    private static void PutEntry(MemoryTables tables, string caller, string id, DateTimeOffset at, string key) =>
        tables.Put(
            TableNames.Index,
            new TableEntity(Keys.IndexPartition(caller, at, id), key) { ["MessageId"] = id, ["CreatedAt"] = at }
        );

    private static MailAddress Address(string kind, int n) => MailAddress.Parse($"{kind}{n}@a.example");

    /// <summary>In no order of their making.</summary>
    private static string Id(int n) => Hash.For("test", $"{n}");

    internal sealed record Sample(int Caller, int Day, int Sender, int Recipient, MessageState State)
    {
        public DateTimeOffset At => Now.AddDays(-Day);

        public bool IsMeant(SearchTerms terms) =>
            (terms.Sender is null || terms.Sender == Address("s", Sender))
            && (terms.Recipient is null || terms.Recipient == Address("r", Recipient))
            && (terms.State is null || terms.State == State)
            && (terms.From is null || At >= terms.From)
            && (terms.To is null || At < terms.To);
    }
}
