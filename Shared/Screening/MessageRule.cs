using TlsOrLink.Domains;
using TlsOrLink.Screening.Numbers;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Screening;

/// <summary>What a rule does with a message, the strictest last.</summary>
internal enum RuleAction
{
    /// <summary>The sender is told.</summary>
    Warn,

    /// <summary>Files go behind a link, whatever TLS the recipients have: a link can be taken back.</summary>
    Link,

    /// <summary>The message waits until the sender releases it.</summary>
    Hold,

    /// <summary>The message waits until an approver decides.</summary>
    Approve,

    /// <summary>The message is not taken.</summary>
    Reject,
}

/// <summary>A rule on messages: where all of its conditions are met, its action is taken.</summary>
/// <param name="Id">1 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Enabled">It counts.</param>
/// <param name="Action">What is done.</param>
internal sealed record MessageRule(string Id, bool Enabled, RuleAction Action)
{
    /// <summary>Whose messages: addresses, <c>*@domain</c>, or names of groups; empty for everybody's.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    /// <summary>To whom; null for everybody.</summary>
    public RecipientConditions? Recipients { get; init; }

    /// <summary>Which words; null for any.</summary>
    public WordConditions? Words { get; init; }

    /// <summary>Which files; null for any and none.</summary>
    public FileConditions? Files { get; init; }

    /// <summary>Which numbers; null for any and none.</summary>
    public NumberConditions? Numbers { get; init; }

    /// <summary>The message has to be read for it.</summary>
    public bool NeedsContent => Words is not null || Files is not null || Numbers is not null;

    /// <summary>The domains that were mailed before have to be known for it.</summary>
    public bool NeedsHistory => Recipients is { NeverMailed: true } or { LookAlike: true };
}

/// <summary>One recipient domain meets all of these; and the number of visible recipients, which is the message's.</summary>
internal sealed record RecipientConditions
{
    /// <summary>Outside the organisation.</summary>
    public bool External { get; init; }

    /// <summary>One of these, or under one that begins with <c>*.</c>; empty for any.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Nobody of the organisation has mailed it before.</summary>
    public bool NeverMailed { get; init; }

    /// <summary>Its name is like one that is known, and is not known itself.</summary>
    public bool LookAlike { get; init; }

    /// <summary>More addresses than this stand in To and Cc; null for any number.</summary>
    public int? VisibleOver { get; init; }

    /// <summary>Something is asked of the domain.</summary>
    public bool AsksForDomains => External || NeverMailed || LookAlike || Domains.Count > 0;

    /// <summary>The list has the domain.</summary>
    public bool Lists(MailDomain domain) =>
        Domains.Count == 0
        || Domains.Any(listed =>
            listed.StartsWith("*.", StringComparison.Ordinal)
                ? domain.Name.EndsWith(listed[1..], StringComparison.Ordinal)
                : string.Equals(domain.Name, listed, StringComparison.Ordinal)
        );
}

/// <summary>One of the words stands in one of the sections.</summary>
internal sealed record WordConditions(IReadOnlyList<string> Any, bool Whole, Section In)
{
    /// <summary>As they are looked for.</summary>
    public IReadOnlyList<Word> Folded { get; } = [.. Any.Select(word => new Word(Folding.Fold(word), Whole))];
}

/// <summary>One file meets all of these.</summary>
internal sealed record FileConditions
{
    /// <summary>Extensions, or kinds by the first bytes; empty for any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Larger than this; null for any size.</summary>
    public long? OverBytes { get; init; }

    /// <summary>Needs a password to be opened.</summary>
    public bool Encrypted { get; init; }

    /// <summary>May hold text that could not be read.</summary>
    public bool NotRead { get; init; }
}

/// <summary>So many different numbers of one of the kinds stand in the message.</summary>
internal sealed record NumberConditions(IReadOnlyList<NumberKind> Kinds, int AtLeast = 1);
