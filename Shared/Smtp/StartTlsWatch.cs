namespace TlsOrLink.Smtp;

/// <summary>
/// Watches the bytes under TLS around STARTTLS, where MailKit and OpenSSL keep silent: clear bytes after the 220 (RFC 3207 section 6; an
/// attacker's, CVE-2011-0411) and the alert that says "too old".
/// </summary>
internal sealed class StartTlsWatch
{
    private const int RecordHeader = 5;
    private const byte AlertRecord = 21;
    private const byte LastRecordType = 23;
    private const byte FirstRecordType = 20;
    private const byte ProtocolVersionAlert = 70;
    private readonly byte[] _first = new byte[RecordHeader + 2];
    private int _firstLength;
    private Stage _stage;
    private int _column;
    private int _code;
    private bool _more;

    private enum Stage
    {
        Clear,
        Asked,
        Tls,
        Refused,
    }

    /// <summary>The server said 220 to STARTTLS.</summary>
    public bool Granted => _stage == Stage.Tls;

    /// <summary>Clear bytes came after the 220.</summary>
    public bool Injected { get; private set; }

    /// <summary>One side sent the alert <c>protocol_version</c> (RFC 8446 section 6.2) in the clear.</summary>
    public bool TooOld { get; private set; }

    /// <summary>Bytes on their way to the peer.</summary>
    public void OnWrite(ReadOnlySpan<byte> bytes)
    {
        if (_stage is Stage.Clear or Stage.Refused && bytes.SequenceEqual("STARTTLS\r\n"u8))
        {
            (_stage, _column, _code) = (Stage.Asked, 0, 0);
        }
        else if (_stage == Stage.Tls && IsAlert(bytes))
        {
            TooOld |= bytes[^1] == ProtocolVersionAlert;
        }
    }

    /// <summary>Bytes come from the peer.</summary>
    public void OnRead(ReadOnlySpan<byte> bytes)
    {
        if (_stage == Stage.Asked)
        {
            bytes = bytes[ReplyLength(bytes)..];
            Injected |= Granted && bytes.Length > 0;
        }

        if (_stage != Stage.Tls || bytes.IsEmpty || _firstLength == _first.Length)
        {
            return;
        }

        var taken = bytes[..Math.Min(bytes.Length, _first.Length - _firstLength)];
        taken.CopyTo(_first.AsSpan(_firstLength));
        _firstLength += taken.Length;
        Injected |= _first[0] is < FirstRecordType or > LastRecordType;
        TooOld |= IsAlert(_first.AsSpan(0, _firstLength)) && _first[^1] == ProtocolVersionAlert;
    }

    private static bool IsAlert(ReadOnlySpan<byte> record) =>
        record.Length == RecordHeader + 2 && record[0] == AlertRecord && record[3] == 0 && record[4] == 2;

    /// <summary>How many of the bytes belong to the reply; moves on when it is complete.</summary>
    private int ReplyLength(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b != '\n')
            {
                OnReplyByte(b);
                continue;
            }

            if (!_more)
            {
                _stage = _code == 220 ? Stage.Tls : Stage.Refused;
                return i + 1;
            }

            (_column, _code, _more) = (0, 0, false);
        }

        return bytes.Length;
    }

    private void OnReplyByte(byte b)
    {
        if (_column < 3)
        {
            _code = (_code * 10) + (b - '0');
        }
        else if (_column == 3)
        {
            _more = b == '-';
        }

        _column++;
    }
}
