using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>The templates of all kinds of notices in all languages: the product's, or with some of a sender group's own.</summary>
internal sealed class NoticeTemplates
{
    /// <summary>Names of the kinds, as in the names of files: <c>notice.ja.txt</c>.</summary>
    public const string Plain = "notice";
    public const string Direct = "notice-direct";
    public const string Whole = "notice-whole";
    public const string Coded = "notice-code";
    public const string CodeByMail = "notice-mail-code";

    private static readonly string[] Kinds = [Plain, Direct, Whole, Coded, CodeByMail];

    private readonly Dictionary<string, NoticeTemplate> templates;

    private NoticeTemplates(Dictionary<string, NoticeTemplate> templates) => this.templates = templates;

    /// <summary>Those that come with the product.</summary>
    public static NoticeTemplates Product { get; } =
        new(
            Kinds
                .SelectMany(kind => Enum.GetValues<MailLanguage>().Select(language => (kind, language)))
                .ToDictionary(
                    of => NameOf(of.kind, of.language),
                    of => NoticeTemplate.Embedded(of.kind, of.language),
                    StringComparer.Ordinal
                )
        );

    /// <summary>The product's, but for those in a folder.</summary>
    /// <param name="folder">Of the settings; relative to the app.</param>
    /// <exception cref="FormatException">The folder is missing, or a file of it is none of ours or lacks a field: correct it.</exception>
    public static NoticeTemplates From(string folder)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder);
        if (!Directory.Exists(path))
        {
            throw new FormatException($"Notices: there is no folder {folder}.");
        }

        Dictionary<string, NoticeTemplate> own = new(Product.templates, StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(path, "*.txt"))
        {
            var name = Path.GetFileName(file);
            if (!own.ContainsKey(name))
            {
                throw new FormatException(
                    $"Notices: {folder}/{name} is no template; known: {string.Join(", ", own.Keys)}."
                );
            }

            own[name] = NoticeTemplate.Parse($"{folder}/{name}", File.ReadAllText(file));
        }

        return new NoticeTemplates(own);
    }

    /// <summary>The lines of a kind in a language.</summary>
    public IReadOnlyList<string> Lines(string kind, MailLanguage language) => templates[NameOf(kind, language)].Lines;

    private static string NameOf(string kind, MailLanguage language) => $"{kind}.{language.Tag()}.txt";
}
