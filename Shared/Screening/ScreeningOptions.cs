using System.ComponentModel.DataAnnotations;
using TlsOrLink.Callers;
using TlsOrLink.Domains;

namespace TlsOrLink.Screening;

/// <summary>Section <c>Screening</c>: what the rules on messages know of the organisation, and how much of a message they read.</summary>
internal sealed class ScreeningOptions : IValidatableObject
{
    public const string Section = "Screening";

    /// <summary>Domains of the organisation, with their subdomains; every other recipient is external. Default: the sender's own domain.</summary>
    public List<string> OwnDomains { get; set; } = [];

    /// <summary>Domains of partners: mailed before, and what look-alikes are compared with. Default none.</summary>
    public List<string> PartnerDomains { get; set; } = [];

    /// <summary>Groups of senders for rules, by name: addresses, or <c>*@domain</c>, with commas between. Default none.</summary>
    public Dictionary<string, string> Groups { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The built-in rules <c>encrypted-file</c> and <c>many-visible</c>, which warn, count where no rule of that id is put in their place. Default true.</summary>
    public bool BuiltInRules { get; set; } = true;

    /// <summary>Largest file that is read; of a larger one its begin is looked at. Held in memory, one file of a message at a time. 64 KB to 256 MB, default 16 MB.</summary>
    [Range(1 << 16, 1 << 28)]
    public int MaxFileBytes { get; set; } = 1 << 24;

    /// <summary>Bytes that come out of the archives of one message. 64 KB to 1 GB, default 64 MB.</summary>
    [Range(1 << 16, 1 << 30)]
    public long MaxInflatedBytes { get; set; } = 1 << 26;

    /// <summary>Characters of text that are read of one message. 10,000 to 1,000 million, default 32 million.</summary>
    [Range(10_000, 1_000_000_000)]
    public long MaxCharacters { get; set; } = 32_000_000;

    /// <summary>Files of one message, those in archives too. 1 to 100,000, default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxEntries { get; set; } = 2_000;

    /// <summary>Longest time that one message is read. 1 s to 2 min, default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Messages of one instance that are read at a time; more wait. 1 to 64, default 4.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 4;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (
            var (name, list) in new[] { (nameof(OwnDomains), OwnDomains), (nameof(PartnerDomains), PartnerDomains) }
        )
        {
            foreach (var (index, domain) in list.Index())
            {
                if (!MailDomain.TryParse(domain, out _))
                {
                    yield return new ValidationResult(
                        $"{Section}:{name}:{index} must be a mail domain such as partner.example."
                    );
                }
            }
        }

        foreach (var (name, members) in Groups)
        {
            if (members.Split(',').Any(member => SenderPattern.Parse(member.Trim()) is null))
            {
                yield return new ValidationResult(
                    $"{Section}:Groups:{name} must be addresses or *@domain, with commas between."
                );
            }
        }
    }
}
