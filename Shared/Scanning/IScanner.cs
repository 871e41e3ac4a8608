using TlsOrLink.Messages;

namespace TlsOrLink.Scanning;

/// <summary>What a scanner found in a message.</summary>
internal enum ScanFinding
{
    /// <summary>Nothing.</summary>
    Clean,

    /// <summary>Something that the scanner knows to be harmful.</summary>
    Infected,

    /// <summary>It could not look inside: encrypted, too large, too deep.</summary>
    Unscannable,

    /// <summary>It does not answer, or has not come to it yet.</summary>
    Down,
}

/// <summary>Looks for viruses in stored messages.</summary>
internal interface IScanner
{
    /// <summary>Scans the message as it came in, with everything in it. Never throws for what the scanner does or says.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away.</exception>
    Task<ScanFinding> ScanAsync(MessageRow message, CancellationToken cancellation);
}
