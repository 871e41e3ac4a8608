using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Holding;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>A world with approvers, callers of several kinds, and a server for the senders' own domain.</summary>
public class HoldingWorld : DeliveryWorld
{
    public const string Pin = "271828";
    private static readonly TimeSpan Patience = Eventually.Patience;
    private static readonly string Hash = PinHash.Make(Pin, PinHash.MinIterations);

    /// <summary>Takes what the service writes to <c>sender.example</c>.</summary>
    public ScriptedSmtp Office { get; private set; } = null!;

    /// <summary>The caller <c>kit</c>, which sends, and which has the role of an approver too.</summary>
    public HoldApi Sender => field ??= new HoldApi(App, TestWorld.CallerKey);

    /// <summary>A caller that approves and does not send.</summary>
    public HoldApi Desk => field ??= new HoldApi(App, "desk-key");

    /// <summary>A caller whose messages are held for ten minutes at least.</summary>
    public HoldApi Careful => field ??= new HoldApi(App, "careful-key");

    /// <summary>A caller whose messages need an approval.</summary>
    public HoldApi Clerk => field ??= new HoldApi(App, "clerk-key");

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [
            ("Callers__0__Roles__1", "approver"),
            .. Caller(1, "desk", "approver"),
            .. Caller(2, "careful", "sender"),
            ("Callers__2__Senders__0", "*@sender.example"),
            ("Callers__2__Hold", "10"),
            .. Caller(3, "clerk", "sender"),
            ("Callers__3__Senders__0", "*@sender.example"),
            ("Callers__3__Approvers__0", "boss"),
            ("Callers__3__Approvers__1", "hanako"),
            .. Approver(0, "boss"),
            .. Approver(1, "chief"),
            // The sender of most letters.
            .. Approver(2, "hanako"),
        ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Office = await AddScriptedAsync("sender.example");
    }

    /// <summary>Waits for a mail to somebody of the office that says something.</summary>
    public async Task<ScriptedMessage> MailAsync(string to, string text) =>
        await Eventually.GetAsync(
            () =>
                Task.FromResult(
                    Office.Messages.FirstOrDefault(mail =>
                        mail.Recipients.Contains(to) && MailText.Of(mail).Contains(text, StringComparison.Ordinal)
                    )
                ),
            Patience,
            () => $"No mail to {to} says '{text}'. The app says:\n{App.Output}"
        );

    private static IEnumerable<(string, string)> Caller(int n, string name, string role) =>
        [
            ($"Callers__{n}__Name", name),
            (
                $"Callers__{n}__KeyHash",
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}-key")))
            ),
            ($"Callers__{n}__Roles__0", role),
        ];

    private static IEnumerable<(string, string)> Approver(int n, string name) =>
        [
            ($"Approvers__{n}__Name", name),
            ($"Approvers__{n}__Address", $"{name}@sender.example"),
            ($"Approvers__{n}__PinHash", Hash),
        ];
}
