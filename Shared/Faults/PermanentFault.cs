namespace TlsOrLink.Faults;

/// <summary>Something that will not pass by trying again. Crosses the activity boundary.</summary>
/// <param name="message">What failed, without addresses, names of files, tokens or replies of a peer: it is kept in orchestration history.</param>
/// <param name="inner">The cause, or null. Its message must not hold personal data either: the engine records it.</param>
public sealed class PermanentFault(string message, Exception? inner = null) : Exception(message, inner);
