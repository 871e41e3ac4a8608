using Azure.Data.Tables;

namespace TlsOrLink.Tests.Unit.Storage;

/// <summary>Filters of queries as far as the rooms write them: comparisons of texts and instants, all of which must hold.</summary>
internal static class MemoryFilter
{
    /// <summary>All clauses hold.</summary>
    public static bool Matches(TableEntity row, string filter) =>
        filter
            .Split(" and ", StringSplitOptions.RemoveEmptyEntries)
            .Select(clause => clause.Split(' ', 3))
            .All(clause => Compare(Order(row[clause[0]], clause[2]), clause[1]));

    private static int Order(object? value, string literal) =>
        value is DateTimeOffset at
            ? at.CompareTo(
                DateTimeOffset.Parse(
                    literal["datetime".Length..].Trim('\''),
                    System.Globalization.CultureInfo.InvariantCulture
                )
            )
            : string.CompareOrdinal((string?)value, literal.Trim('\''));

    private static bool Compare(int order, string comparison) =>
        comparison switch
        {
            "eq" => order == 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            "lt" => order < 0,
            _ => throw new NotSupportedException(comparison),
        };
}
