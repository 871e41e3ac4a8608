using System.Globalization;

namespace TlsOrLink.Messages;

/// <summary>What <c>options</c> of a request say of holding; null for what they do not say.</summary>
internal sealed record HoldAsked
{
    /// <summary><c>hold</c> as minutes.</summary>
    public int? Minutes { get; init; }

    /// <summary><c>hold</c> is <c>"manual"</c>.</summary>
    public bool Manual { get; init; }

    /// <summary><c>holdUntil</c>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><c>approvers</c>, names or addresses as they were given.</summary>
    public IReadOnlyList<string>? Approvers { get; init; }

    /// <summary>The same for the same options, whatever their order and spelling in the request; empty where nothing was asked.</summary>
    public string Canonical =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{(Manual ? "manual" : $"{Minutes}")}|{Until?.UtcDateTime:o}|{string.Join(',', Approvers ?? [])}"
            )
            .Trim('|');
}
