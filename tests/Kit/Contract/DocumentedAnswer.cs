namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>One answer that a contract documents.</summary>
/// <param name="Operation">Id of the operation.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Kind">Slug of a problem, else the media type; empty where there is no body.</param>
public sealed record DocumentedAnswer(string Operation, int Status, string Kind)
{
    public override string ToString() => $"{Operation} {Status} {Kind}".TrimEnd();
}
