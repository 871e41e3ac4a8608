using Microsoft.Extensions.Options;

namespace TlsOrLink.Scanning;

/// <summary>What attributes cannot say of <see cref="ScanningOptions"/>.</summary>
internal sealed class ScanningOptionsCheck : IValidateOptions<ScanningOptions>
{
    public ValidateOptionsResult Validate(string? name, ScanningOptions options)
    {
        List<string> wrong = [];
        if (options.By == ScanBy.Clamd && ClamdAddress.Parse(options.Clamd) is null)
        {
            wrong.Add("Scanning:Clamd must be host:port, such as 127.0.0.1:3310.");
        }

        if (options.OnInfected is ScanOutcome.Send or ScanOutcome.Link)
        {
            wrong.Add("Scanning:OnInfected must be Reject or Defer: what is known to be harmful is not sent.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
