using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Searches the caller's own messages, wherever its terms stood.</summary>
internal sealed class SearchDesk(MessageSearch search, Continuations continuations)
{
    private static readonly string[] WrongContinuation =
    [
        "Is not one that this search gave. Send it with the terms that it came with, or leave it out to begin anew.",
    ];

    public async Task<IActionResult> AnswerAsync(Caller caller, SearchForm form, CancellationToken cancellation)
    {
        var terms = SearchTerms.Read(form.Given, form.Errors);
        var place = PlaceOf(caller, terms, form);
        if (form.Errors.Count > 0)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "invalid-search", form.Errors);
        }

        var page = await search.FindAsync(caller.Name, terms, place, cancellation);
        return new OkObjectResult(
            new MessagePageView(
                [.. page.Messages.Select(MessageSummaryView.Of)],
                continuations.Of(caller.Name, terms, page.Rest)
            )
        );
    }

    private SearchPlace? PlaceOf(Caller caller, SearchTerms terms, SearchForm form)
    {
        var text = form.Given.GetValueOrDefault(SearchForm.Continuation, "");
        var place = text.Length > 0 ? continuations.Read(caller.Name, terms, text) : null;
        if (place is null && text.Length > 0)
        {
            form.Errors[SearchForm.Continuation] = WrongContinuation;
        }

        return place;
    }
}
