metadata name = 'TlsOrLink'
metadata description = 'Everything that TlsOrLink needs in one region of one subscription. See infra/README.md.'

targetScope = 'subscription'

@description('Name of the deployment: begins the names of its resources. 3 to 12 lower-case letters and digits, the first a letter.')
@minLength(3)
@maxLength(12)
param name string

@description('Region; mail, telemetry and logs stay in it.')
param location string = 'japaneast'

@description('Resource group, made where it is not there.')
param resourceGroupName string = '${name}-rg'

@description('Tags of every resource.')
param tags object = {}

@description('Name that download links begin with, of your own domain: files.example.co.jp.')
@minLength(4)
param linkHost string

@description('How far the links\' name has come: `none` while its DNS records are not set, `name` to bind it, `certificate` to secure it.')
@allowed(['none', 'name', 'certificate'])
param linkHostStage string = 'none'

@description('The company that recipients are told keeps the files; one line of 1 to 100 characters.')
@minLength(1)
@maxLength(100)
param companyName string

@description('Name that the app gives in EHLO: one whose A record is the outbound address. It becomes the address\'s reverse name with reverseDns.')
@minLength(4)
param ehloName string

@description('Sets the reverse DNS name of the outbound address to ehloName, whose A record must be there already.')
param reverseDns bool = false

@description('Further app settings, such as Callers__0__Name; see docs/configuration.md. No secrets.')
param settings object = {}

@description('Names of app settings whose values are secrets in the vault.')
param secretSettings array = ['Storage__HashKey', 'Events__ChainKey']

@description('Secrets to write, by the name of their setting; what is not named stays as it is. Those of the default of secretSettings must be given once.')
@secure()
param secretValues object = {}

@description('Copies in three zones; the region must have them.')
param zoneRedundant bool = true

@description('Address space of the virtual network; a /24 or larger.')
param addressPrefix string = '10.25.0.0/24'

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances; 40 to 1000.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Instances that are always warm, for HTTP and for orchestrations each. 0: none.')
@minValue(0)
@maxValue(20)
param alwaysReady int = 0

@description('HTTP requests that one instance takes at a time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 50

@description('Encrypts both storage accounts with a key of your own, made in the vault.')
param customerManagedKey bool = false

@description('Scans uploads to the content account for malware (Defender for Storage).')
param malwareScanning bool = false

@description('Most gigabytes a month that are scanned; -1 for no limit.')
@minValue(-1)
param malwareScanCapGigabytes int = 100

@description('Days after which the platform removes message contents that the app should have removed long before: longer than the longest link life (93 days) plus the retry period.')
@minValue(30)
@maxValue(3650)
param backstopDays int = 120

@description('Days for which written audit heads cannot be changed or deleted. 0: no immutability.')
@minValue(0)
@maxValue(3650)
param auditLockDays int = 0

@description('Application id of an Entra ID app registration for signing people in. Empty: the app\'s own sign-in.')
param entraClientId string = ''

@description('Tenant whose people are signed in.')
param entraTenantId string = tenant().tenantId

@description('Days that logs and telemetry are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most gigabytes of logs a day; -1 for no limit.')
@minValue(-1)
param logDailyCapGigabytes int = 5

@description('Address that alerts are mailed to. Empty: alerts show in the portal only.')
param alertEmail string = ''

@description('Minutes after which an expired thing that is still there raises an alert.')
@minValue(15)
param purgeLagMinutes int = 60

@description('Minutes after which an unfinished message raises an alert; longer than Delivery:RetryPeriod (1440).')
@minValue(60)
param queueAgeMinutes int = 1560

@description('Percent of an hour\'s recipients that bounce or stay unconfirmed which raises an alert.')
@minValue(1)
@maxValue(100)
param failurePercent int = 20

var token = uniqueString(subscription().id, resourceGroupName, name)
var prefix = '${name}-${take(token, 6)}'
var vaultName = take('${name}-${token}', 24)
var identityName = '${prefix}-id'
var appName = '${prefix}-app'
var allTags = union({ 'azd-env-name': name, application: 'TlsOrLink' }, tags)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { identityName: identityName, location: location, tags: allTags }
}

module network 'modules/network.bicep' = {
  scope: group
  params: {
    prefix: prefix
    location: location
    tags: allTags
    addressPrefix: addressPrefix
    reverseFqdn: reverseDns ? '${ehloName}.' : ''
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    prefix: prefix
    location: location
    tags: allTags
    identityName: identityName
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyCapGigabytes: logDailyCapGigabytes
    alertEmail: alertEmail
    purgeLagMinutes: purgeLagMinutes
    queueAgeMinutes: queueAgeMinutes
    failurePercent: failurePercent
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    vaultName: vaultName
    location: location
    tags: allTags
    identityName: identityName
    principalId: identity.outputs.principalId
    appSubnetId: network.outputs.appSubnetId
    secretValues: secretValues
    customerManagedKey: customerManagedKey
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    stateName: take('${name}s${token}', 24)
    contentName: take('${name}c${token}', 24)
    location: location
    tags: allTags
    zoneRedundant: zoneRedundant
    identityName: identityName
    principalId: identity.outputs.principalId
    identityId: identity.outputs.identityId
    keyUri: vault.outputs.keyUri
    networkId: network.outputs.networkId
    endpointSubnetId: network.outputs.endpointSubnetId
    backstopDays: backstopDays
    auditLockDays: auditLockDays
    malwareScanning: malwareScanning
    malwareScanCapGigabytes: malwareScanCapGigabytes
    workspaceId: monitoring.outputs.workspaceId
  }
}

// What the app needs to start; `settings` may add to it and override it.
var required = {
  Storage__StateTableUri: storage.outputs.stateTableUri
  Storage__ContentBlobUri: storage.outputs.contentBlobUri
  Storage__IdentityClientId: identity.outputs.clientId
  Links__Host: 'https://${linkHost}'
  Links__CompanyName: companyName
  Smtp__EhloName: ehloName
  Auditing__Schedule: '0 20 * * * *'
  Purging__Schedule: '0 */5 * * * *'
  Reconciling__Schedule: '30 * * * * *'
  Telemetry__InsightsConnection: monitoring.outputs.insightsConnection
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    appName: appName
    location: location
    tags: allTags
    identityId: identity.outputs.identityId
    identityClientId: identity.outputs.clientId
    appSubnetId: network.outputs.appSubnetId
    stateName: storage.outputs.stateName
    packageUri: storage.outputs.packageUri
    settings: union(required, settings)
    secretSettings: secretSettings
    vaultUri: vault.outputs.vaultUri
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    httpConcurrency: httpConcurrency
    entraClientId: entraClientId
    entraTenantId: entraTenantId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module links 'modules/link-host.bicep' = if (linkHostStage != 'none') {
  scope: group
  params: {
    appName: appName
    location: location
    tags: allTags
    linkHost: linkHost
    withCertificate: linkHostStage == 'certificate'
  }
  dependsOn: [app]
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app, for the deployment of its package.')
output APP_NAME string = app.outputs.appName

@description('Where the CNAME record of linkHost points.')
output APP_HOST string = app.outputs.defaultHostName

@description('Value of the TXT record asuid.{linkHost}.')
output LINK_HOST_VERIFICATION string = app.outputs.verificationId

@description('Address that mail leaves from: for SPF, and for the A record of ehloName.')
output OUTBOUND_ADDRESS string = network.outputs.outboundAddress

@description('Name of the vault.')
output VAULT_NAME string = vault.outputs.vaultName
