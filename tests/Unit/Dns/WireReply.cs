using System.Buffers.Binary;
using System.Net;
using System.Text;
using DnsClient;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>One record on the wire.</summary>
internal sealed record WireRecord(string Owner, QueryType Type, uint Life, byte[] Data)
{
    public static WireRecord Alias(string owner, string target, uint life = 300) =>
        new(owner, QueryType.CNAME, life, WireName(target));

    public static WireRecord Address(string owner, string address, uint life = 300) =>
        new(
            owner,
            address.Contains(':', StringComparison.Ordinal) ? QueryType.AAAA : QueryType.A,
            life,
            IPAddress.Parse(address).GetAddressBytes()
        );

    public static WireRecord Mx(string owner, byte preference, string host, uint life = 300) =>
        new(owner, QueryType.MX, life, [0, preference, .. WireName(host)]);

    public static WireRecord Text(string owner, params string[] strings) =>
        new(
            owner,
            QueryType.TXT,
            300,
            [.. strings.SelectMany(s => Encoding.Latin1.GetBytes(s).Prepend((byte)s.Length))]
        );

    public static WireRecord Soa(string owner, uint life, uint minimum)
    {
        var numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return new(owner, QueryType.SOA, life, [.. WireName("ns.example"), .. WireName("admin.example"), .. numbers]);
    }

    public static byte[] WireName(string name) =>
        [
            .. name.Split('.', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(label => Encoding.UTF8.GetBytes(label).Prepend((byte)label.Length)),
            0,
        ];

    public byte[] ToBytes() =>
        [
            .. WireName(Owner),
            .. Number((ushort)Type),
            .. Number(1),
            .. Number((ushort)(Life >> 16)),
            .. Number((ushort)Life),
            .. Number((ushort)Data.Length),
            .. Data,
        ];

    public static byte[] Number(ushort value) => [(byte)(value >> 8), (byte)value];
}

/// <summary>What the server says to one question.</summary>
internal sealed record WireReply(params WireRecord[] Answers)
{
    public byte Code { get; init; }
    public bool Authentic { get; init; }
    public WireRecord[] Authorities { get; init; } = [];
    public string? OtherQuestion { get; init; }
    public bool Silent { get; init; }

    public static WireReply NoData(uint life, uint minimum) =>
        new() { Authorities = [WireRecord.Soa("example", life, minimum)] };

    public static WireReply NxDomain(uint life, uint minimum) => NoData(life, minimum) with { Code = 3 };

    public byte[] ToBytes(byte[] query, string name, QueryType type)
    {
        var question = WireRecord.WireName(OtherQuestion ?? name);
        byte[] header =
        [
            .. query.AsSpan(0, 2),
            0x81,
            (byte)(0x80 | (Authentic ? 0x20 : 0) | Code),
            .. WireRecord.Number(1),
            .. WireRecord.Number((ushort)Answers.Length),
            .. WireRecord.Number((ushort)Authorities.Length),
            .. WireRecord.Number(0),
        ];
        return
        [
            .. header,
            .. question,
            .. WireRecord.Number((ushort)type),
            .. WireRecord.Number(1),
            .. Answers.Concat(Authorities).SelectMany(record => record.ToBytes()),
        ];
    }
}
