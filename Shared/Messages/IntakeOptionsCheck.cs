using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Messages;

/// <summary>The rule of <see cref="IntakeOptions"/> that depends on the host.</summary>
internal sealed class IntakeOptionsCheck(IConfiguration configuration) : IValidateOptions<IntakeOptions>
{
    private const string HostSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long HostDefault = 104_857_600;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, IntakeOptions options)
    {
        var limit = long.TryParse(configuration[HostSetting], CultureInfo.InvariantCulture, out var set)
            ? set
            : HostDefault;
        return options.MaxBytes < limit
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Intake:MaxBytes ({options.MaxBytes}) must be below the host's own limit ({limit}): lower it, or raise {HostSetting}."
            );
    }
}
