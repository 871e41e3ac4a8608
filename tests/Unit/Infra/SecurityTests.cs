using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Unit.Infra;

public sealed class SecurityTests
{
    /// <summary>One thing made wrong in the compiled template, and a word of what must be said of it.</summary>
    public static TheoryData<string, string, string, string> Wrongs =>
        new()
        {
            // type of resource, path, wrong value as JSON (empty: removed), what must be said
            { "Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "true", "allowSharedKeyAccess" },
            { "Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "", "allowSharedKeyAccess" },
            {
                "Microsoft.Storage/storageAccounts",
                "properties.allowBlobPublicAccess",
                "true",
                "allowBlobPublicAccess"
            },
            { "Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "\"TLS1_0\"", "minimumTlsVersion" },
            { "Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "false", "supportsHttps" },
            { "Microsoft.Storage/storageAccounts", "properties.publicNetworkAccess", "\"Enabled\"", "state must have" },
            { "Microsoft.Storage/storageAccounts", "sku", "{\"name\":\"Standard_GRS\"}", "another region" },
            {
                "Microsoft.Storage/storageAccounts",
                "tags",
                "\"[listKeys(resourceId('x'), '1').keys]\"",
                "key is listed"
            },
            {
                "Microsoft.Storage/storageAccounts/blobServices",
                "properties.deleteRetentionPolicy",
                "{\"enabled\":true}",
                "soft delete"
            },
            { "Microsoft.Storage/storageAccounts/blobServices", "properties.isVersioningEnabled", "true", "versions" },
            {
                "Microsoft.Storage/storageAccounts/blobServices/containers",
                "properties",
                "{\"publicAccess\":\"Blob\"}",
                "public"
            },
            { "Microsoft.Storage/storageAccounts/managementPolicies", "type", "\"None\"", "lifecycle" },
            { "Microsoft.Authorization/roleAssignments", "scope", "", "resource group" },
            {
                "Microsoft.Authorization/roleAssignments",
                "properties.roleDefinitionId",
                "\"[subscriptionResourceId('r', 'b24988ac-6180-42a0-ab88-20f7382dd24c')]\"",
                "b24988ac"
            },
            { "Microsoft.Network/privateEndpoints", "type", "\"None\"", "private endpoints" },
            { "Microsoft.Network/virtualNetworks", "properties.subnets", "[]", "NAT gateway" },
            {
                "Microsoft.Network/publicIPAddresses",
                "properties.publicIPAllocationMethod",
                "\"Dynamic\"",
                "static one"
            },
            { "Microsoft.Web/sites", "properties.httpsOnly", "false", "HTTPS only" },
            { "Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", "\"1.0\"", "TLS 1.2" },
            {
                "Microsoft.Web/sites",
                "properties.functionAppConfig.deployment.storage.authentication.type",
                "\"StorageAccountConnectionString\"",
                "by identity"
            },
            { "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", "true", "password" },
            { "Microsoft.Insights/components", "properties.DisableLocalAuth", "false", "identity alone" },
            { "Microsoft.KeyVault/vaults", "properties.enablePurgeProtection", "false", "purge protection" },
            { "Microsoft.KeyVault/vaults", "properties.networkAcls.defaultAction", "\"Allow\"", "shut" },
            { "Microsoft.Insights/diagnosticSettings", "scope", "\"[resourceId('x')]\"", "Diagnostics of" },
            {
                "Microsoft.Insights/diagnosticSettings",
                "properties.logs",
                "[{\"category\":\"AppServiceHTTPLogs\"}]",
                "HTTP logs"
            },
            { "Microsoft.Insights/scheduledQueryRules", "type", "\"None\"", "no alerts" },
        };

    [Fact]
    public async Task The_template_holds_every_rule() =>
        SecurityRules.Faults(await Bicep.TemplateAsync()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_rule_that_is_broken_is_seen(string type, string path, string value, string said)
    {
        var template = await Bicep.TemplateAsync();
        foreach (var resource in Arm.Of(template, type))
        {
            Set(resource, path.Split('.'), value.Length == 0 ? null : JsonNode.Parse(value));
        }

        SecurityRules.Faults(template).ShouldContain(fault => fault.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vault", "secretValues", "object", "must be secure")]
    [InlineData("vault", "vaultUndescribed", "string", "no description")]
    public async Task A_parameter_that_is_plain_or_unexplained_is_seen(
        string module,
        string name,
        string type,
        string said
    )
    {
        var template = await Bicep.TemplateAsync();
        var nested = template["resources"]![module]!["properties"]!["template"]!;
        nested["parameters"]![name] = new JsonObject { ["type"] = type };

        SecurityRules.Faults(template).ShouldContain(fault => fault.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_that_gives_a_secret_away_is_seen()
    {
        var template = await Bicep.TemplateAsync();
        template["outputs"]!["OOPS"] = new JsonObject
        {
            ["type"] = "string",
            ["value"] = "[parameters('secretValues').x]",
        };

        SecurityRules.Faults(template).ShouldContain(fault => fault.Contains("OOPS", StringComparison.Ordinal));
    }

    private static void Set(JsonObject node, ReadOnlySpan<string> path, JsonNode? value)
    {
        while (path.Length > 1)
        {
            node = node[path[0]]!.AsObject();
            path = path[1..];
        }

        if (value is null)
        {
            node.Remove(path[0]);
        }
        else
        {
            node[path[0]] = value;
        }
    }
}
