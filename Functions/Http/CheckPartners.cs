using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Checking;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>What a person typed or uploaded, checked: a report as a page or as CSV. Sends nothing.</summary>
internal sealed class CheckPartners(
    CheckPages pages,
    DomainChecks checks,
    Sessions sessions,
    IOptions<CheckingOptions> options
)
{
    private const string FileName = "tls-report.csv";

    [Function(nameof(CheckPartners))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "check")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var visitor = Visitors.Of(request, context, sessions);
        if (await SmallForms.ReadAsync(request, cancellation) is not { } form)
        {
            return CheckAnswers.TooLarge(options.Value.MaxBytes);
        }

        var typed = $"{form[CheckPages.TypedField]}";
        var list = await ReadAsync(form, typed, cancellation);
        if (list.Errors.Count > 0)
        {
            return new PageResult(pages.Form(visitor, new CheckDraft(typed) { Read = list }));
        }

        return await checks.CheckAsync(visitor.Name, list.Entries, cancellation) switch
        {
            CheckOutcome.TooMany(var wait) => new PageResult(
                pages.Form(visitor, new CheckDraft(typed) { RetryAfter = wait })
            ),
            CheckOutcome.Done done => Answer(form, visitor, done),
            _ => throw new InvalidOperationException("A check is done or refused."),
        };
    }

    private IActionResult Answer(IFormCollection form, Visitor visitor, CheckOutcome.Done done)
    {
        var report = CheckReport.Of(done.Entries);
        return form[CheckPages.FormatField] == CheckPages.CsvFormat
            ? new CsvResult(CheckReportCsv.Write(report, visitor.Language), FileName)
            : new PageResult(pages.Report(visitor, report, done.At));
    }

    /// <summary>A file outweighs what was typed.</summary>
    private async Task<CheckList> ReadAsync(IFormCollection form, string typed, CancellationToken cancellation)
    {
        if (form.Files.GetFile(CheckPages.FileField) is not { Length: > 0 } file)
        {
            return CheckCsv.ReadTyped(typed, options.Value.MaxEntries);
        }

        if (file.Length > options.Value.MaxBytes)
        {
            return CheckList.TooMany("line 1", options.Value.MaxEntries);
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellation);
        return CheckCsv.Read(CsvText.Decode(bytes.ToArray()), options.Value.MaxEntries);
    }
}
