using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Functions.Http;

/// <summary>Keeps the passphrase agreed with a partner, hashed. The partner stands in the body: addresses do not belong in URLs.</summary>
internal sealed class PutPassphrase(PassphraseTable passphrases)
{
    [Function(nameof(PutPassphrase))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/passphrases")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var caller = context.Caller();
        if (PassphraseForm.Refusal(caller) is { } refusal)
        {
            return refusal;
        }

        var form = await PassphraseForm.ReadAsync(request, withPassphrase: true, cancellation);
        if (form.Errors.Count > 0)
        {
            return PassphraseForm.Wrong(form);
        }

        await passphrases.PutAsync(
            form.Domain!.Value,
            form.Address,
            SlowHash.Of(form.Passphrase),
            caller!.Name,
            CancellationToken.None
        );
        return new NoContentResult();
    }
}
