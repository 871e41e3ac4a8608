using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes the passphrase of a partner out; links that are out keep theirs.</summary>
internal sealed class RemovePassphrase(PassphraseTable passphrases)
{
    [Function(nameof(RemovePassphrase))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/passphrases/remove")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (PassphraseForm.Refusal(context.Caller()) is { } refusal)
        {
            return refusal;
        }

        var form = await PassphraseForm.ReadAsync(request, withPassphrase: false, cancellation);
        return form.Errors.Count > 0 ? PassphraseForm.Wrong(form)
            : await passphrases.DeleteAsync(form.Domain!.Value, form.Address, CancellationToken.None)
                ? new NoContentResult()
            : Problem.NotFound("passphrase");
    }
}
