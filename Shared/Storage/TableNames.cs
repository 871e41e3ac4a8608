namespace TlsOrLink.Storage;

/// <summary>The tables of the state account.</summary>
internal static class TableNames
{
    public const string Messages = "Messages";
    public const string Index = "Index";
    public const string Links = "Links";
    public const string Due = "Due";
    public const string Verdicts = "Verdicts";
    public const string DomainRules = "DomainRules";
    public const string MessageRules = "MessageRules";
    public const string KnownDomains = "KnownDomains";
    public const string Callers = "Callers";
    public const string Subscriptions = "Subscriptions";

    /// <summary>Passphrases agreed with partners, hashed.</summary>
    public const string Passphrases = "Passphrases";

    /// <summary>Upload sessions, by caller.</summary>
    public const string Uploads = "Uploads";

    public static readonly IReadOnlyList<string> All =
    [
        Messages,
        Index,
        Links,
        Due,
        Verdicts,
        DomainRules,
        MessageRules,
        KnownDomains,
        Callers,
        Subscriptions,
        Passphrases,
        Uploads,
    ];
}

/// <summary>The blob containers of the content account.</summary>
internal static class ContainerNames
{
    public const string Messages = "messages";
    public const string Files = "files";
    public const string Audit = "audit";

    /// <summary>What callers upload before a message refers to it.</summary>
    public const string Uploads = "uploads";

    public static readonly IReadOnlyList<string> All = [Messages, Files, Audit, Uploads];
}
