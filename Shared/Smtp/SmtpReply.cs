namespace TlsOrLink.Smtp;

/// <summary>A server's reply (RFC 5321 section 4.2). Its text may hold addresses: never logged.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Enhanced">Enhanced status code such as <c>5.1.1</c> (RFC 3463), or null.</param>
/// <param name="Text">At most 512 characters, lines joined by a space, without control characters.</param>
internal sealed record SmtpReply(int Code, string? Enhanced, string Text)
{
    /// <summary>2xx.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>4xx: may pass by trying again.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5xx.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>The code alone: the text may name people.</summary>
    public override string ToString() => Enhanced is null ? $"{Code}" : $"{Code} {Enhanced}";
}
