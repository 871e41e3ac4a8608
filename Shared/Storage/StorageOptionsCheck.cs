using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Storage;

/// <summary>What attributes cannot say of <see cref="StorageOptions"/>. No message repeats a value: they are secrets.</summary>
internal sealed class StorageOptionsCheck(IHostEnvironment environment) : IValidateOptions<StorageOptions>
{
    private const int MinKeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> wrong =
        [
            .. Account("StateConnection", options.StateConnection, "StateTableUri", options.StateTableUri),
            .. Account("ContentConnection", options.ContentConnection, "ContentBlobUri", options.ContentBlobUri),
        ];
        if (!IsKey(options.HashKey))
        {
            wrong.Add($"Storage:HashKey must be base64 of {MinKeyBytes} bytes or more (openssl rand -base64 32).");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Account(string connectionName, string? connection, string uriName, Uri? uri)
    {
        if (string.IsNullOrEmpty(connection) == uri is null)
        {
            yield return $"Set one of Storage:{uriName} (with an identity) and Storage:{connectionName} (Development only).";
        }

        if (!string.IsNullOrEmpty(connection) && !environment.IsDevelopment())
        {
            yield return $"Storage:{connectionName} holds a key of the account and is refused outside the Development "
                + $"environment. Set Storage:{uriName} and give the app's identity a data role.";
        }

        if (uri is { IsAbsoluteUri: false } or { Scheme: not "https" })
        {
            yield return $"Storage:{uriName} must be an absolute https address: an identity's token never travels in clear.";
        }
    }

    private static bool IsKey(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) && length >= MinKeyBytes;
    }
}
