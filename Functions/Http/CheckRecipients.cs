using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using TlsOrLink.Checking;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>TLS verdict and predicted route of recipients before sending: JSON or CSV in, JSON or (by <c>Accept</c>) CSV out. Sends nothing.</summary>
internal sealed class CheckRecipients(DomainChecks checks, IOptions<CheckingOptions> options)
{
    private const string Csv = "text/csv";
    private const string FileName = "tls-report.csv";

    [Function(nameof(CheckRecipients))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tls/check")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? $"{parsed.MediaType}" : "";
        if (type is not ("application/json" or Csv))
        {
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-content-type",
                "Send application/json with { \"recipients\": [...] }, or text/csv with one domain a line."
            );
        }

        if (await BoundedBody.ReadAsync(request, options.Value.MaxBytes, cancellation) is not { } body)
        {
            return CheckAnswers.TooLarge(options.Value.MaxBytes);
        }

        var list = string.Equals(type, Csv, StringComparison.Ordinal)
            ? CheckCsv.Read(CsvText.Decode(body.Span), options.Value.MaxEntries)
            : CheckJson.Read(body, options.Value.MaxEntries);
        if (list.Errors.Count > 0)
        {
            return CheckAnswers.Wrong(list.Errors);
        }

        return await checks.CheckAsync(context.Caller()!.Name, list.Entries, cancellation) switch
        {
            CheckOutcome.TooMany tooMany => CheckAnswers.TooMany(request, tooMany),
            CheckOutcome.Done done => Answer(request, done),
            _ => throw new InvalidOperationException("A check is done or refused."),
        };
    }

    private static IActionResult Answer(HttpRequest request, CheckOutcome.Done done)
    {
        var language = request.LanguageOf(MailLanguage.En);
        return request.GetTypedHeaders().Accept is [{ } first, ..] && first.MediaType == Csv
            ? new CsvResult(CheckReportCsv.Write(CheckReport.Of(done.Entries), language), FileName)
            : new OkObjectResult(CheckView.Of(done, language));
    }
}
