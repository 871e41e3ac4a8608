using MailKit;

namespace TlsOrLink.Smtp;

/// <summary>
/// Keeps of a conversation which command was last and with which code each was answered, never a text: MailKit hides both (it falls back
/// from EHLO to HELO in silence).
/// </summary>
internal sealed class Conversation : IProtocolLogger
{
    private int _column;
    private int _code;
    private char _separator = ' ';

    /// <summary>Verb of the last command; empty before the first.</summary>
    public string Command { get; private set; } = "";

    /// <summary>Code of the last complete reply; 0 before the greeting.</summary>
    public int Code { get; private set; }

    /// <summary>Code of the reply to the last EHLO; 0 where none came.</summary>
    public int EhloCode { get; private set; }

    /// <summary>HELO was tried after the last EHLO.</summary>
    public bool FellBack { get; private set; }

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <inheritdoc/>
    public void LogConnect(Uri uri) { }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        var line = buffer.AsSpan(offset, count);
        var end = line.IndexOfAny(" \r\n"u8);
        Command = System.Text.Encoding.ASCII.GetString(end < 0 ? line[..Math.Min(count, 8)] : line[..end]);
        (FellBack, EhloCode) = Command switch
        {
            "EHLO" => (false, 0),
            "HELO" => (true, EhloCode),
            _ => (FellBack, EhloCode),
        };
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        foreach (var b in buffer.AsSpan(offset, count))
        {
            if (b == '\n')
            {
                OnLine();
                continue;
            }

            _code = _column < 3 ? (_code * 10) + (b - '0') : _code;
            _separator = _column == 3 ? (char)b : _separator;
            _column++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private void OnLine()
    {
        if (_separator != '-')
        {
            Code = _code;
            EhloCode = Command is "EHLO" ? _code : EhloCode;
        }

        (_column, _code, _separator) = (0, 0, ' ');
    }
}
