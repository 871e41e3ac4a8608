using Microsoft.Extensions.Options;

namespace TlsOrLink.Events;

/// <summary>What attributes cannot say of <see cref="EventsOptions"/>. The message does not repeat the value: it is a secret.</summary>
internal sealed class EventsOptionsCheck : IValidateOptions<EventsOptions>
{
    private const int MinKeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, EventsOptions options)
    {
        var buffer = new byte[options.ChainKey.Length];
        return Convert.TryFromBase64String(options.ChainKey, buffer, out var length) && length >= MinKeyBytes
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Events:ChainKey must be base64 of {MinKeyBytes} bytes or more (openssl rand -base64 32)."
            );
    }
}
