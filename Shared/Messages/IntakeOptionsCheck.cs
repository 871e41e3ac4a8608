using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Messages;

/// <summary>What of <see cref="IntakeOptions"/> depends on the host: the default before the settings are read, and the rule after.</summary>
internal sealed class IntakeOptionsCheck(IConfiguration configuration)
    : IConfigureOptions<IntakeOptions>,
        IValidateOptions<IntakeOptions>
{
    private const string HostSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long HostDefault = 104_857_600;

    private long HostLimit =>
        long.TryParse(configuration[HostSetting], CultureInfo.InvariantCulture, out var set) ? set : HostDefault;

    /// <inheritdoc />
    public void Configure(IntakeOptions options) => options.MaxBytes = Math.Min(options.MaxBytes, HostLimit - 1);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, IntakeOptions options) =>
        options.MaxBytes < HostLimit
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Intake:MaxBytes ({options.MaxBytes}) must be below the host's own limit ({HostLimit}): lower it, or raise {HostSetting}."
            );
}
