metadata description = 'The function app: Flex Consumption, .NET 10 isolated, one user-assigned identity, no keys.'

@description('Name of the function app; its default host name begins with it.')
@minLength(2)
@maxLength(60)
param appName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the identity that the app runs as.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Subnet that the app is integrated with.')
param appSubnetId string

@description('Name of the state account.')
param stateName string

@description('Address of the container of the app\'s package.')
param packageUri string

@description('App settings without secrets; see docs/configuration.md.')
param settings object

@description('Names of app settings whose values are secrets in the vault (Storage__HashKey is the secret Storage-HashKey).')
param secretSettings array

@description('Address of the vault, with a slash at its end.')
param vaultUri string

@description('Instances in several zones.')
param zoneRedundant bool

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Most instances.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that are always warm, for HTTP and for orchestrations each. 0: none, and the first request after a pause waits some seconds.')
@minValue(0)
@maxValue(20)
param alwaysReady int

@description('HTTP requests that one instance takes at a time; a request of intake holds some 10 MB.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Application id of an app registration: the platform signs people in with Entra ID. Empty: callers use keys, and people the app\'s own sign-in page.')
param entraClientId string

@description('Tenant whose people are signed in.')
param entraTenantId string

@description('Log Analytics workspace of the logs.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${appName}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

var secrets = toObject(
  secretSettings,
  name => string(name),
  name => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${replace(name, '__', '-')})'
)
var platform = union(
  {
    AzureWebJobsStorage__accountName: stateName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    // The host's limit lies above the app's own, which answers 413 where the host would answer 500.
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '210000000'
  },
  empty(entraClientId) ? {} : { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId }
)

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: appName
  location: location
  // What azd looks for.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: appSubnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUri
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady == 0
          ? []
          : [{ name: 'http', instanceCount: alwaysReady }, { name: 'durable', instanceCount: alwaysReady }]
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
    }
  }

  // Nobody deploys with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = { name: 'ftp', properties: { allow: false } }
  resource scm 'basicPublishingCredentialsPolicies' = { name: 'scm', properties: { allow: false } }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, platform, secrets)
  }

  // Anonymous requests pass: download links and keys are checked by the app. Where somebody is signed in, the app learns who.
  resource auth 'config' = if (!empty(entraClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: entraClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: uri(environment().authentication.loginEndpoint, '${entraTenantId}/v2.0')
          }
          validation: { allowedAudiences: [entraClientId, 'api://${entraClientId}'] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}

// Not the HTTP logs: paths hold the tokens of links and tickets.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }, { category: 'AppServiceAuthenticationLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the function app.')
output appName string = app.name

@description('Default host name: what the CNAME record of the links\' name points to.')
output defaultHostName string = app.properties.defaultHostName

@description('Value of the TXT record asuid.{link host}: proves that the name is the operator\'s.')
output verificationId string = app.properties.customDomainVerificationId
