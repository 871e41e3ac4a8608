namespace TlsOrLink.Sending;

/// <summary>A way by which mail leaves.</summary>
internal interface ITransport
{
    /// <summary>Connects to a host for <paramref name="target"/> and checks on that very connection what its plan asks for.</summary>
    /// <exception cref="OperationCanceledException">By the token alone; what hosts do is a value.</exception>
    Task<Opening> OpenAsync(SendTarget target, CancellationToken cancellation);
}
