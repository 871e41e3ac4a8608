using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Purging;

/// <summary>The rule of <see cref="PurgingOptions"/> that depends on the environment: a request under way is no orphan.</summary>
internal sealed class PurgingOptionsCheck(IHostEnvironment environment) : IValidateOptions<PurgingOptions>
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastInDevelopment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(7);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, PurgingOptions options) =>
        options.OrphanAge >= (environment.IsDevelopment() ? LeastInDevelopment : Least) && options.OrphanAge <= Most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Purging:OrphanAge must lie between 00:10:00 (00:00:01 in Development) and 7.00:00:00."
            );
}
