using Azure.Data.Tables;

namespace TlsOrLink.Storage;

/// <summary>
/// How long rows of <see cref="TableNames.Verdicts"/> are kept: each says so itself, in <see cref="Column"/>, and a due row of kind
/// <see cref="DueKinds.Verdict"/> points at its domain.
/// </summary>
internal static class Keeping
{
    /// <summary>The column: an instant at whole days, from which on the row is of no use to anybody.</summary>
    public const string Column = "KeepUntil";

    /// <summary>The second midnight past the end of its life: however often a row is written within a day, one due row points at it.</summary>
    public static DateTimeOffset After(DateTimeOffset end) =>
        new DateTimeOffset(end.UtcDateTime.Date, TimeSpan.Zero).AddDays(2);

    /// <summary>The due row of a domain's row.</summary>
    /// <param name="row">With <see cref="Column"/>; its partition is the domain.</param>
    public static Due DueOf(TableEntity row) =>
        new(DueKinds.Verdict, row.GetDateTimeOffset(Column)!.Value, row.PartitionKey, row.PartitionKey);
}
