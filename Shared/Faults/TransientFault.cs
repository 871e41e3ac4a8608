namespace TlsOrLink.Faults;

/// <summary>Something that may pass: the caller may try again later. Crosses the activity boundary.</summary>
/// <param name="message">What failed, without addresses, names of files, tokens or replies of a peer: it is kept in orchestration history.</param>
/// <param name="inner">The cause, or null. Its message must not hold personal data either: the engine records it.</param>
public sealed class TransientFault(string message, Exception? inner = null) : Exception(message, inner);
