using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>A world for the whole API: its caller has every role, and a partner's server takes mail over TLS, another's does not.</summary>
public sealed class ApiWorld : HoldingWorld
{
    public const string Linked = "jiro@other.example";

    /// <summary>The header of the platform that has signed the caller in.</summary>
    public static readonly string Principal = Convert.ToBase64String(
        """{"auth_typ":"aad","claims":[{"typ":"oid","val":"oid-of-kit"}]}"""u8
    );

    /// <summary>Takes link mails.</summary>
    public ScriptedSmtp Other { get; private set; } = null!;

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            .. base.Settings,
            ("WEBSITE_AUTH_ENABLED", "true"),
            ("Callers__0__Principal", "oid-of-kit"),
            ("Callers__0__Roles__2", "auditor"),
            ("Callers__0__Roles__3", "policy"),
            ("Callers__0__Roles__4", "operator"),
            // What a test holds back must not be given up meanwhile.
            ("Storage__TableTimeout", "00:02:00"),
            ("Intake__MaxBytes", "200000"),
            ("Intake__MaxRecipients", "100"),
        ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddScriptedAsync("partner.example");
        Other = await AddScriptedAsync("other.example", _ => new SmtpScript { OffersStartTls = false });
    }

    /// <summary>A message that went as a link: its id, its link's id, and the token in its mail.</summary>
    public async Task<(string Id, string Link, string Token)> LinkedAsync()
    {
        var before = Other.Messages.Count;
        var id = (await Sender.PostAsync(null, Linked)).Id;
        await Sender.WaitAsync(id, "completed");
        var links = await Sender.GetAsync($"/api/messages/{id}/links");
        var mail = await LinkMailSeen.ReadAsync(Other.Messages.Skip(before).Single());
        return (id, (string)links["links"]![0]!["id"]!, mail.Token);
    }

    public string Key => TestWorld.CallerKey;
}
