using DnsClient;
using DnsClient.Protocol;

namespace TlsOrLink.Dns;

/// <summary>One reply of a server, checked against its question and reduced to what was asked.</summary>
/// <param name="Status">How the question was answered.</param>
/// <param name="Owner">The end of the chain of aliases in this reply.</param>
/// <param name="Aliases">Length of that chain.</param>
/// <param name="Records">Records of the type at <paramref name="Owner"/>.</param>
/// <param name="Secure">The AD bit, where it is believed.</param>
/// <param name="Life">How long the reply may be kept (RFC 2308 section 5, RFC 2181 section 8).</param>
internal sealed record DnsReply(
    DnsStatus Status,
    DnsName Owner,
    int Aliases,
    IReadOnlyList<DnsResourceRecord> Records,
    bool Secure,
    TimeSpan Life
)
{
    private const int MaxKeptBytes = 4096;
    private static readonly TimeSpan MaxPositiveLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxNegativeLife = TimeSpan.FromHours(1);

    /// <summary>Slug of <see cref="DnsFailures"/>, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Ends at an alias without saying what is there: the end must be asked for itself.</summary>
    public bool Unfinished { get; init; }

    /// <summary>A reply that could not be had.</summary>
    public static DnsReply Failed(DnsName question, string failure) =>
        new(DnsStatus.Failed, question, 0, [], false, TimeSpan.Zero) { Failure = failure };

    /// <summary>Reads a response, which may be to another question or hold records of other owners.</summary>
    public static DnsReply Read(DnsName question, QueryType type, IDnsQueryResponse response, bool secure)
    {
        if (Failing(response.Header.ResponseCode) is { } failure)
        {
            return Failed(question, failure);
        }

        if (!Answers(question, type, response))
        {
            return Failed(question, DnsFailures.Malformed);
        }

        var chain = AliasChain.Walk(question, type, response.Answers);
        if (chain is null)
        {
            return Failed(question, DnsFailures.AliasChain);
        }

        var records = response
            .Answers.Where(record => AliasChain.Is(record, chain.End, (ResourceRecordType)type))
            .ToList();
        var soa = response.Authorities.OfType<SoaRecord>().FirstOrDefault();
        var absent = response.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain;
        var status =
            records.Count > 0 ? DnsStatus.Found
            : absent ? DnsStatus.NxDomain
            : DnsStatus.NoData;
        var unfinished = status == DnsStatus.NoData && chain.Length > 0 && soa is null;
        var life = status == DnsStatus.Found || unfinished ? Shortest(records) : NegativeLife(soa);
        return new DnsReply(status, chain.End, chain.Length, records, secure, Kept(response, life, chain))
        {
            Unfinished = unfinished,
        };
    }

    private static string? Failing(DnsHeaderResponseCode code) =>
        code switch
        {
            DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain => null,
            DnsHeaderResponseCode.ServerFailure => DnsFailures.ServFail,
            _ => DnsFailures.Refused,
        };

    // A datagram can be answered by anybody who guesses its id; over TCP a confused server still can.
    private static bool Answers(DnsName question, QueryType type, IDnsQueryResponse response) =>
        response.Questions is [var asked]
        && asked.QuestionType == type
        && DnsName.TryParse(asked.QueryName.Original, out var name)
        && name == question;

    private static TimeSpan Kept(IDnsQueryResponse response, TimeSpan life, AliasChain chain) =>
        response.MessageSize > MaxKeptBytes ? TimeSpan.Zero
        : chain.Life < life ? chain.Life
        : life;

    private static TimeSpan Shortest(List<DnsResourceRecord> records) =>
        records.Select(AliasChain.LifeOf).Append(MaxPositiveLife).Min();

    // Without an SOA a negative answer must not be kept (RFC 2308 section 5).
    private static TimeSpan NegativeLife(SoaRecord? soa) =>
        soa is null
            ? TimeSpan.Zero
            : new[] { AliasChain.LifeOf(soa), TimeSpan.FromSeconds(soa.Minimum), MaxNegativeLife }.Min();
}
