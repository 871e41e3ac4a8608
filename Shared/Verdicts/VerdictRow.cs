using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Storage;

namespace TlsOrLink.Verdicts;

/// <summary>A verdict as a row: PartitionKey the domain, RowKey <c>v</c>.</summary>
internal static class VerdictRow
{
    /// <summary>RowKey of a verdict.</summary>
    public const string RowKey = "v";
    private const string Evidence = "Evidence";
    private const int MaxHosts = 10;
    private const int MaxBytes = 60 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never inside HTML; names in any script stay short
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The row of a verdict. Evidence beyond 10 hosts, or what would not fit into a row, is left out.</summary>
    public static TableEntity Write(TlsVerdict verdict)
    {
        var kept = verdict with { Hosts = [.. verdict.Hosts.Take(MaxHosts)] };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(kept, Json);
        return new TableEntity(verdict.Domain.Name, RowKey)
        {
            ["Level"] = verdict.Level.ToString(),
            ["Reason"] = verdict.Reason,
            ["LivesUntil"] = verdict.LivesUntil,
            [Keeping.Column] = Keeping.After(verdict.LivesUntil),
            [Evidence] = bytes.Length <= MaxBytes ? bytes : JsonSerializer.SerializeToUtf8Bytes(Bare(kept), Json),
        };
    }

    /// <summary>The verdict of a row; null where it is not this domain's or not of this version.</summary>
    public static TlsVerdict? Read(MailDomain domain, TableEntity row)
    {
        try
        {
            var verdict = JsonSerializer.Deserialize<TlsVerdict>(row.GetBinary(Evidence) ?? [], Json);
            return verdict is { Reason: not null, Hosts: not null } && verdict.Domain == domain ? verdict : null;
        }
        catch (JsonException)
        {
            return null; // of another version: found anew
        }
    }

    private static TlsVerdict Bare(TlsVerdict verdict) =>
        verdict with
        {
            Hosts = [.. verdict.Hosts.Select(host => host with { Certificate = null })],
        };
}
