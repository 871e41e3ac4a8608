using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Unit.Infra;

internal static partial class SecurityRules
{
    private static IEnumerable<string> Network(JsonObject template)
    {
        var endpoints = string.Concat(
            Arm.Of(template, "Microsoft.Network/privateEndpoints").Select(endpoint => endpoint.ToJsonString())
        );
        var services = Arm.Templates(template)
            .Select(nested => nested["variables"]?["services"]?.ToJsonString())
            .FirstOrDefault(text => text is not null);
        if (endpoints.Length == 0 || services != """["blob","queue","table"]""")
        {
            yield return "The state account needs private endpoints for blob, queue and table.";
        }

        var subnets = string.Concat(
            Arm.Of(template, "Microsoft.Network/virtualNetworks").Select(network => network.ToJsonString())
        );
        if (!subnets.Contains("\"natGateway\":{", StringComparison.Ordinal))
        {
            yield return "The app's subnet needs the NAT gateway: mail must leave by one address.";
        }

        if (!subnets.Contains("Microsoft.App/environments", StringComparison.Ordinal))
        {
            yield return "The app's subnet must be delegated to Microsoft.App/environments.";
        }

        var addresses = Arm.Of(template, "Microsoft.Network/publicIPAddresses");
        if (addresses.Count != 1 || Arm.Text(addresses[0], "publicIPAllocationMethod") != "Static")
        {
            yield return "There must be one outbound address, a static one.";
        }
    }

    private static IEnumerable<string> Application(JsonObject template)
    {
        var site = Arm.Of(template, Site).Single();
        if (Arm.Text(site, "httpsOnly") != "true")
        {
            yield return "The app must take HTTPS only.";
        }

        if (Arm.Text(site, "siteConfig.minTlsVersion") is not ("1.2" or "1.3"))
        {
            yield return "The app must take TLS 1.2 or newer.";
        }

        if (Arm.Text(site, "functionAppConfig.deployment.storage.authentication.type") != "UserAssignedIdentity")
        {
            yield return "The app's package must be read by identity.";
        }

        var passwords = Arm.Of(template, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        if (passwords.Count != 2 || passwords.Any(policy => Arm.Text(policy, "allow") != "false"))
        {
            yield return "Publishing by password must be off for ftp and scm.";
        }

        if (Arm.Text(Arm.Of(template, "Microsoft.Insights/components").Single(), "DisableLocalAuth") != "true")
        {
            yield return "Telemetry must be written by identity alone.";
        }
    }

    private static IEnumerable<string> Vault(JsonObject template)
    {
        var vault = Arm.Of(template, "Microsoft.KeyVault/vaults").Single();
        if (Arm.Text(vault, "enableRbacAuthorization") != "true" || Arm.Text(vault, "enablePurgeProtection") != "true")
        {
            yield return "The vault needs RBAC and purge protection.";
        }

        if (Arm.Text(vault, "networkAcls.defaultAction") != "Deny")
        {
            yield return "The vault must be shut to other networks.";
        }

        foreach (var nested in Arm.Templates(template))
        {
            foreach (var (name, parameter) in nested["parameters"]?.AsObject() ?? [])
            {
                var type = parameter!["type"]!.GetValue<string>();
                var isSecret =
                    name.Contains("secretValue", StringComparison.OrdinalIgnoreCase)
                    || name.Contains("password", StringComparison.OrdinalIgnoreCase);
                if (isSecret && !type.StartsWith("secure", StringComparison.OrdinalIgnoreCase))
                {
                    yield return $"Parameter {name} must be secure.";
                }
            }

            foreach (var (name, output) in nested["outputs"]?.AsObject() ?? [])
            {
                if (output!.ToJsonString().Contains("secretValues", StringComparison.Ordinal))
                {
                    yield return $"Output {name} gives a secret away.";
                }
            }
        }
    }

    /// <summary>Each thing that people or mail touch reports to the workspace; HTTP logs alone do not: their paths hold tokens.</summary>
    private static IEnumerable<string> Watched(JsonObject template)
    {
        var settings = Arm.Of(template, Diagnostics);
        foreach (
            var (type, least) in ((string, int)[])
                [
                    (Account + "'", 2),
                    (BlobService + "'", 2),
                    ("Microsoft.Storage/storageAccounts/queueServices'", 1),
                    ("Microsoft.Storage/storageAccounts/tableServices'", 1),
                    ("Microsoft.KeyVault/vaults'", 1),
                    (Site + "'", 1),
                ]
        )
        {
            var on = settings.Count(setting => setting["scope"]!.ToString().Contains(type, StringComparison.Ordinal));
            if (on < least)
            {
                yield return $"Diagnostics of {type.TrimEnd('\'')} are missing.";
            }
        }

        if (settings.Any(setting => setting.ToJsonString().Contains("HTTPLogs", StringComparison.Ordinal)))
        {
            yield return "HTTP logs hold the tokens of links.";
        }

        if (Arm.Of(template, "Microsoft.Insights/scheduledQueryRules").Count == 0)
        {
            yield return "There are no alerts.";
        }
    }

    private static IEnumerable<string> Described(JsonObject template) =>
        from nested in Arm.Templates(template)
        from parameter in nested["parameters"]?.AsObject() ?? []
        where string.IsNullOrWhiteSpace(parameter.Value!["metadata"]?["description"]?.ToString())
        select $"Parameter {parameter.Key} has no description.";
}
