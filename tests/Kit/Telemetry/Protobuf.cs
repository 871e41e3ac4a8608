using System.Buffers.Binary;
using System.Text;

namespace TlsOrLink.Tests.Kit.Telemetry;

/// <summary>One field of a protobuf message, undecoded.</summary>
/// <param name="Number">Its number in the schema.</param>
/// <param name="Bytes">Its bytes; of a number its value, little-endian.</param>
internal readonly record struct ProtobufField(int Number, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>The fields of the message that this one holds.</summary>
    public IReadOnlyList<ProtobufField> Fields => Protobuf.Read(Bytes);
}

/// <summary>Reads protobuf's wire format, as far as OTLP uses it.</summary>
internal static class Protobuf
{
    public static IReadOnlyList<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtobufField>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                var type => throw new FormatException($"Wire type {type} is not one of OTLP's."),
            };
            if ((tag & 7) == 0)
            {
                var value = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(value, Varint(message.Span, ref at));
                fields.Add(new ProtobufField((int)(tag >> 3), value));
                continue;
            }

            fields.Add(new ProtobufField((int)(tag >> 3), message.Slice(at, length)));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
