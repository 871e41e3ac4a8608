using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Holding;

namespace TlsOrLink.Tests.Browser;

/// <content>How the app of the browser tests is set.</content>
public sealed partial class BrowserWorld
{
    private static IEnumerable<(string, string)> Settings() =>
        [
            ("Links__CompanyName", "株式会社サンプル商事"),
            ("Storage__Tries", "1"),
            // The one try is not given up on a machine that does much else.
            ("Storage__TableTimeout", "00:02:00"),
            ("Callers__1__Name", "clerk"),
            ("Callers__1__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("clerk-key")))),
            ("Callers__1__Roles__0", "sender"),
            ("Callers__1__Senders__0", "*@sender.example"),
            ("Callers__1__Approvers__0", "boss"),
            ("Callers__1__Approvers__1", "chief"),
            .. Approver(0, "boss"),
            .. Approver(1, "chief"),
        ];

    private static IEnumerable<(string, string)> Approver(int n, string name) =>
        [
            ($"Approvers__{n}__Name", name),
            ($"Approvers__{n}__Address", $"{name}@sender.example"),
            ($"Approvers__{n}__PinHash", PinHash.Make(Pin, PinHash.MinIterations)),
        ];
}
