using System.Buffers;
using System.Text;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>Bytes as they came in, readable while more come.</summary>
internal sealed class Recording
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return Encoding.Latin1.GetString(_bytes.WrittenSpan);
            }
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _bytes.Write(bytes);
        }
    }
}
