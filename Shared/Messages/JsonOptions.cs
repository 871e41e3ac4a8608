using TlsOrLink.Domains;
using TlsOrLink.Messages.Json;
using TlsOrLink.Routing;

namespace TlsOrLink.Messages;

/// <summary><c>options</c> of the JSON form.</summary>
internal sealed class JsonOptions(JsonScanner scanner, JsonFields fields, CancellationToken cancellation)
{
    private const int MaxApprovers = 20;

    /// <summary>Longest hold by minutes or until a moment: 90 days.</summary>
    public const int MaxHoldMinutes = 90 * 24 * 60;

    private const string ManualWord = "manual";

    /// <summary>What was read.</summary>
    public IntakeOptionsAsked Asked { get; private set; } = new();

    /// <summary>What was read of holding; null where nothing was said.</summary>
    public HoldAsked? Hold { get; private set; }

    public ValueTask ReadAsync() =>
        fields.ObjectAsync(
            Map(
                ("route", async () => Asked = Asked with { Route = await fields.WordAsync<RouteOption>() }),
                ("tlsPolicy", async () => Asked = Asked with { TlsPolicy = await fields.WordAsync<TlsPolicy>() }),
                ("convertToBcc", async () => Asked = Asked with { ConvertToBcc = await fields.BooleanAsync() }),
                ("link", ReadLinkAsync),
                ("hold", ReadHoldAsync),
                ("holdUntil", ReadUntilAsync),
                ("approvers", ReadApproversAsync),
                ("reportTo", ReadReportAsync)
            )
        );

    private async ValueTask ReadLinkAsync() => Asked = await new JsonLink(fields, scanner).ReadAsync(Asked);

    private async ValueTask ReadReportAsync()
    {
        var text = (await fields.HeaderTextAsync()).Trim();
        Asked = Asked with
        {
            ReportTo = MailAddress.TryParse(text, out var address)
                ? address.ToString()
                : throw scanner.Fault("Must be one mail address, without a name."),
        };
    }

    private async ValueTask ReadHoldAsync()
    {
        RefuseBoth(Hold?.Until is not null);
        var hold = Hold ?? new HoldAsked();
        if (await scanner.KindAsync(cancellation) != JsonKind.Text)
        {
            Hold = hold with { Minutes = await fields.IntegerAsync(0, MaxHoldMinutes) };
            return;
        }

        var word = await fields.HeaderTextAsync();
        Hold = string.Equals(word, ManualWord, StringComparison.OrdinalIgnoreCase)
            ? hold with
            {
                Manual = true,
            }
            : throw scanner.Fault($"Must be minutes from 0 to {MaxHoldMinutes}, or \"{ManualWord}\".");
    }

    private async ValueTask ReadUntilAsync()
    {
        RefuseBoth(Hold is { Manual: true } or { Minutes: not null });
        var text = await fields.HeaderTextAsync();
        Hold = (Hold ?? new HoldAsked()) with
        {
            Until =
                Rfc3339.Instant(text)
                ?? throw scanner.Fault("Must be an RFC 3339 time such as 2026-01-09T18:00:00+09:00."),
        };
    }

    private async ValueTask ReadApproversAsync()
    {
        await fields.ExpectAsync(JsonKind.Array, "a list of approvers' names or addresses");
        List<string> approvers = [];
        await scanner.ArrayAsync(
            async number =>
                approvers.Add(
                    number < MaxApprovers
                        ? (await fields.HeaderTextAsync()).Trim()
                        : throw scanner.Fault($"There are more than {MaxApprovers} approvers.")
                ),
            cancellation
        );
        Hold = (Hold ?? new HoldAsked()) with { Approvers = approvers };
    }

    private void RefuseBoth(bool other)
    {
        if (other)
        {
            throw scanner.Fault("Give hold or holdUntil, not both.");
        }
    }

    private static Dictionary<string, Func<ValueTask>> Map(params (string Name, Func<ValueTask> Read)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Read, StringComparer.Ordinal);
}
