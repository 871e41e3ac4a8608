using TlsOrLink.Messages.Json;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>Reads <c>options.link</c>.</summary>
internal sealed class JsonLink(JsonFields fields, JsonScanner scanner)
{
    private const int MaxLinkHours = 2232;
    private const int MaxDownloads = 1000;
    private const int MaxReminderHours = 336;

    /// <summary>The options with what the object says.</summary>
    public async ValueTask<IntakeOptionsAsked> ReadAsync(IntakeOptionsAsked options)
    {
        var link = options.Link;
        await fields.ObjectAsync(
            new Dictionary<string, Func<ValueTask>>(StringComparer.Ordinal)
            {
                ["expiresInHours"] = async () =>
                    options = options with { LinkLifeHours = await fields.IntegerAsync(1, MaxLinkHours) },
                ["protectBody"] = async () => options = options with { ProtectBody = await fields.BooleanAsync() },
                ["maxDownloads"] = async () =>
                    link = link with { MaxDownloads = await fields.IntegerAsync(1, MaxDownloads) },
                ["accessCode"] = async () => link = link with { AccessCode = ReadCode(await fields.HeaderTextAsync()) },
                ["mode"] = async () => link = link with { Mode = ReadMode(await fields.HeaderTextAsync()) },
                ["bytes"] = async () => link = link with { Bytes = ReadBytes(await fields.HeaderTextAsync()) },
                ["notifyOnDownload"] = async () => link = link with { NotifyOnDownload = await fields.BooleanAsync() },
                ["remindBeforeHours"] = async () =>
                    link = link with { RemindBeforeHours = await fields.IntegerAsync(0, MaxReminderHours) },
            }
        );
        return options with { Link = link };
    }

    private LinkMode ReadMode(string text) =>
        text switch
        {
            "page" => LinkMode.Page,
            "sas" => LinkMode.Sas,
            _ => throw scanner.Fault("Must be \"page\" or \"sas\"."),
        };

    private LinkBytes ReadBytes(string text) =>
        text switch
        {
            "sas" => LinkBytes.Sas,
            "same-host" => LinkBytes.SameHost,
            _ => throw scanner.Fault("Must be \"sas\" or \"same-host\"."),
        };

    private AccessCodeWish ReadCode(string text)
    {
        var kind = text switch
        {
            "generate" => AccessCodeKind.Generated,
            "passphrase" => AccessCodeKind.Passphrase,
            "mail" => AccessCodeKind.Mail,
            _ => AccessCodeKind.Given,
        };
        if (kind != AccessCodeKind.Given)
        {
            return new AccessCodeWish(kind);
        }

        var code = AccessCodeText.Normalize(text);
        return code.Length > 0
            ? new AccessCodeWish(kind, SlowHash.Of(code))
            : throw scanner.Fault(
                $"Must be \"generate\", \"passphrase\", \"mail\", or a code of {AccessCodeText.MinCharacters} to {AccessCodeText.MaxCharacters} characters, white space and hyphens not counted."
            );
    }
}
