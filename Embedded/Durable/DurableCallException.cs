namespace TlsOrLink.Embedded.Durable;

/// <summary>
/// A durable client call was refused. Internal on purpose: the real client throws types of its own, so code that runs on both hosts
/// must not catch by this type.
/// </summary>
internal sealed class DurableCallException(string message) : Exception(message);
