using TlsOrLink.Messages;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>What a message rule said of a message.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Code">Stable code of what it met.</param>
/// <param name="Action">What it did: <c>warn</c>, <c>link</c>, <c>hold</c>, <c>approve</c> or <c>reject</c>.</param>
/// <param name="Detail">A sentence for the sender. Says where, and never what.</param>
internal sealed record WarningView(string Rule, string Code, string Action, string Detail)
{
    public static IReadOnlyList<WarningView> Of(IEnumerable<RuleHit> hits, MailLanguage language) =>
        [
            .. hits.Select(hit => new WarningView(
                hit.Rule,
                hit.Code,
                hit.Action.Word(),
                HitTexts.Sentence(hit, language == MailLanguage.Ja)
            )),
        ];
}
