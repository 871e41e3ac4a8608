using System.Globalization;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Contract;

/// <summary>The contract for people to read: no script, so that the pages' strict policy holds here too.</summary>
internal static class ReferencePage
{
    public static Page Write(IReadOnlyList<Operation> operations, Visitor visitor, string company) =>
        Layout.Render(
            new PageFrame(200, visitor.Language, "API", company, Body(operations, visitor.Language), "/api/docs")
            {
                Person = visitor.Header,
                TellsItself = true,
            }
        );

    private static Html Body(IReadOnlyList<Operation> operations, MailLanguage language) =>
        Html.Of(
            $"""
            <p>{(
                language == MailLanguage.En ? "For programs:" : "プログラム用:"
            )} <a href="/api/openapi.json">OpenAPI 3.1</a>, <a href="/api/swagger.json">OpenAPI 2.0</a></p>
            {Html.Join(operations.Select(One))}
            """
        );

    private static Html One(Operation operation) =>
        Html.Of(
            $"""
            <section id="{operation.Id}">
            <h2>{operation.Title}</h2>
            <p><code>{operation.Method.ToUpperInvariant()} {operation.Path}</code></p>
            <p>{operation.Text}</p>
            <dl>
            {Html.Join(operation.Parameters.Select(Parameter))}{Html.Join(operation.Replies.Select(Reply))}{Html.Join(
                operation.AllRefusals.Select(Refusal)
            )}</dl>
            {Html.Join(operation.Bodies.Where(body => body.Example.Length > 0).Select(Example))}
            </section>

            """
        );

    private static Html Parameter(Parameter parameter) =>
        Html.Of($"<dt><code>{parameter.Name}</code></dt><dd>{parameter.Text}</dd>\n");

    private static Html Reply(Reply reply) => Html.Of($"<dt>{Text(reply.Status)}</dt><dd>{reply.Text}</dd>\n");

    private static Html Refusal(Refusal refusal) =>
        Html.Of($"<dt>{Text(refusal.Status)}</dt><dd><code>{refusal.Slug}</code></dd>\n");

    private static Html Example(Body body) =>
        Html.Of($"<p><code>{body.MediaType}</code></p><pre>{body.Example}</pre>\n");

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
