using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Unit.Infra;

/// <summary>What must hold of every deployment, as sentences about what does not.</summary>
internal static partial class SecurityRules
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string BlobService = "Microsoft.Storage/storageAccounts/blobServices";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Site = "Microsoft.Web/sites";
    private const string Diagnostics = "Microsoft.Insights/diagnosticSettings";

    /// <summary>The narrowest built-in roles, by id. Another one needs a reason and a line here.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner", // the host's own storage asks for it
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["db58b8e5-c6ad-4a2a-8342-4190687cbf4a"] = "Storage Blob Delegator",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["e147488a-f6f5-4113-8e2d-b22465e65bf6"] = "Key Vault Crypto Service Encryption User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    public static IReadOnlyList<string> Faults(JsonObject template) =>
        [
            .. Keys(template),
            .. Storage(template),
            .. Contents(template),
            .. Access(template),
            .. Network(template),
            .. Application(template),
            .. Vault(template),
            .. Watched(template),
            .. Described(template),
        ];

    private static IEnumerable<string> Keys(JsonObject template) =>
        ListCalls().Matches(template.ToJsonString()).Select(call => $"A key is listed: {call.Value}");

    private static IEnumerable<string> Storage(JsonObject template)
    {
        var accounts = Arm.Of(template, Account);
        foreach (var account in accounts)
        {
            foreach (
                var (path, value) in ((string, string)[])
                    [
                        ("allowSharedKeyAccess", "false"),
                        ("allowBlobPublicAccess", "false"),
                        ("allowCrossTenantReplication", "false"),
                        ("supportsHttpsTrafficOnly", "true"),
                        ("minimumTlsVersion", "TLS1_2"),
                    ]
            )
            {
                if (Arm.Text(account, path) != value)
                {
                    yield return $"A storage account must have {path} = {value}.";
                }
            }

            if (account["sku"]!.ToJsonString().Contains('G', StringComparison.Ordinal))
            {
                yield return "A storage account is copied to another region.";
            }
        }

        var hidden = accounts.Count(account => Arm.Text(account, "publicNetworkAccess") == "Disabled");
        if ((accounts.Count, hidden) != (2, 1))
        {
            yield return "Of the two accounts, state must have publicNetworkAccess = Disabled.";
        }
    }

    private static IEnumerable<string> Contents(JsonObject template)
    {
        foreach (var service in Arm.Of(template, BlobService))
        {
            if (
                ((string[])["deleteRetentionPolicy", "containerDeleteRetentionPolicy"]).Any(policy =>
                    Arm.Text(service, $"{policy}.enabled") != "false"
                )
                || Arm.Text(service, "isVersioningEnabled") != "false"
            )
            {
                yield return "Purged contents must be gone: no soft delete, no versions.";
            }
        }

        if (Arm.Of(template, Container).Any(one => Arm.Text(one, "publicAccess") is not ("" or "None")))
        {
            yield return "A container is public.";
        }

        if (!Arm.Of(template, "Microsoft.Storage/storageAccounts/managementPolicies").Any())
        {
            yield return "The lifecycle rules that back the purge up are missing.";
        }
    }

    private static IEnumerable<string> Access(JsonObject template)
    {
        foreach (var assignment in Arm.Of(template, "Microsoft.Authorization/roleAssignments"))
        {
            if (assignment["scope"] is null)
            {
                yield return "A role is given over a whole resource group.";
            }
        }

        var granted = Arm.Templates(template)
            .Where(nested => Arm.Of(nested, "Microsoft.Authorization/roleAssignments").Count > 0)
            .Select(nested => nested["variables"]?.ToJsonString() + nested["resources"]!.ToJsonString())
            .SelectMany(text => Guids().Matches(text))
            .Select(id => id.Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var role in granted.Where(role => !Roles.ContainsKey(role)))
        {
            yield return $"Role {role} is not on the list of narrow roles.";
        }

        foreach (var role in Roles.Where(role => !granted.Contains(role.Key)))
        {
            yield return $"{role.Value} is not given to the app.";
        }
    }

    [GeneratedRegex(
        @"\blist[A-Za-z]*\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex ListCalls();

    [GeneratedRegex(
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Guids();
}
