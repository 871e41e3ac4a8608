metadata description = 'The two accounts of the storage layout: state (host, orchestrations, tables; private) and content (blobs that recipients fetch by SAS).'

@description('Name of the state account.')
@minLength(3)
@maxLength(24)
param stateName string

@description('Name of the content account.')
@minLength(3)
@maxLength(24)
param contentName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Copies in three zones; false for regions without zones. Never copied to another region.')
param zoneRedundant bool

@description('Name of the identity that the app runs as.')
param identityName string

@description('Principal of that identity.')
param principalId string

@description('Resource id of that identity; it also unwraps the customer-managed key.')
param identityId string

@description('Key in the vault that encrypts both accounts, as its id without version. Empty: keys of the platform.')
param keyUri string

@description('Virtual network in which the state account is reached.')
param networkId string

@description('Subnet for the private endpoints.')
param endpointSubnetId string

@description('Days after which the platform removes what the app should have removed long before; must be longer than the longest link life plus the retry period.')
@minValue(30)
@maxValue(3650)
param backstopDays int

@description('Days for which written audit heads cannot be changed or deleted. 0: no immutability.')
@minValue(0)
@maxValue(3650)
param auditLockDays int

@description('Scans what is uploaded to the content account for malware (Defender for Storage; charged by the gigabyte).')
param malwareScanning bool

@description('Most gigabytes a month that are scanned; -1 for no limit.')
param malwareScanCapGigabytes int

@description('Log Analytics workspace of the logs.')
param workspaceId string

var keyParts = empty(keyUri) ? ['', '', '', '', ''] : split(keyUri, '/')
var encryption = union(
  {
    requireInfrastructureEncryption: true
    services: {
      blob: { enabled: true, keyType: 'Account' }
      file: { enabled: true, keyType: 'Account' }
      queue: { enabled: true, keyType: 'Account' }
      table: { enabled: true, keyType: 'Account' }
    }
  },
  empty(keyUri)
    ? { keySource: 'Microsoft.Storage' }
    : {
        keySource: 'Microsoft.Keyvault'
        identity: { userAssignedIdentity: identityId }
        keyvaultproperties: {
          keyvaulturi: '${keyParts[0]}//${keyParts[2]}'
          keyname: keyParts[4]
        }
      }
)
var identity = empty(keyUri)
  ? { type: 'None' }
  : { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }

// Queues and tables need keyType Account, so that a customer-managed key covers them too.
resource state 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: stateName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  identity: identity
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    encryption: encryption
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: false }
      containerDeleteRetentionPolicy: { enabled: false }
      isVersioningEnabled: false
    }

    resource packages 'containers' = { name: 'packages' }
  }

  resource queues 'queueServices' existing = { name: 'default' }
  resource tables 'tableServices' existing = { name: 'default' }
}

// Reachable from everywhere: recipients fetch from it with a SAS of some minutes, signed by the app's identity.
resource content 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: contentName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  identity: identity
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    encryption: encryption
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: { defaultAction: 'Allow', bypass: 'None' }
    // A SAS lives for minutes; the platform logs each that lives longer.
    sasPolicy: { expirationAction: 'Log', sasExpirationPeriod: '0.01:00:00' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // What is purged is gone: no soft delete, no versions, no change feed that remembers it.
      deleteRetentionPolicy: { enabled: false }
      containerDeleteRetentionPolicy: { enabled: false }
      isVersioningEnabled: false
      changeFeed: { enabled: false }
      restorePolicy: { enabled: false }
    }

    resource messages 'containers' = { name: 'messages', properties: { publicAccess: 'None' } }
    resource files 'containers' = { name: 'files', properties: { publicAccess: 'None' } }
    resource uploads 'containers' = { name: 'uploads', properties: { publicAccess: 'None' } }
    resource audit 'containers' = {
      name: 'audit'
      properties: { publicAccess: 'None' }

      resource lock 'immutabilityPolicies' = if (auditLockDays > 0) {
        name: 'default'
        properties: { immutabilityPeriodSinceCreationInDays: auditLockDays, allowProtectedAppendWrites: false }
      }
    }
  }

  resource backstop 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'purge-backstop'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['messages/', 'files/', 'uploads/'] }
              actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: backstopDays } } }
            }
          }
        ]
      }
    }
  }
}

// Narrowest built-in roles. The host keeps its leases and packages in blobs and asks for Owner there; queues and tables are the
// orchestrations' and the app's. Delegator signs SAS; it reads nothing.
var stateRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var contentRoles = {
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Blob Delegator': 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
}

resource stateAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(stateRoles): {
    scope: state
    name: guid(state.id, identityName, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource contentAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(contentRoles): {
    scope: content
    name: guid(content.id, identityName, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

var services = ['blob', 'queue', 'table']

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: 'network'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for service in services: {
    name: '${stateName}-${service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: endpointSubnetId }
      privateLinkServiceConnections: [
        { name: service, properties: { privateLinkServiceId: state.id, groupIds: [service] } }
      ]
    }
  }
]

resource endpointNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (service, i) in services: {
    parent: endpoints[i]
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: service, properties: { privateDnsZoneId: zones[i].id } }] }
  }
]

resource scanning 'Microsoft.Security/defenderForStorageSettings@2025-01-01' = if (malwareScanning) {
  scope: content
  name: 'current'
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: { onUpload: { isEnabled: true, capGBPerMonth: malwareScanCapGigabytes } }
    sensitiveDataDiscovery: { isEnabled: false }
  }
}

// Metrics of everything; logs where they tell of contents being fetched or removed. Logs of tables would cost more than the tables.
resource stateDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: state
  name: 'to-workspace'
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource stateBlobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: state::blobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource stateQueueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: state::queues
  name: 'to-workspace'
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource stateTableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: state::tables
  name: 'to-workspace'
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource contentDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: content
  name: 'to-workspace'
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource contentBlobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: content::blobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageRead', enabled: true }, { category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('Name of the state account.')
output stateName string = state.name

@description('Address of the state account\'s tables.')
output stateTableUri string = state.properties.primaryEndpoints.table

@description('Address of the container that the app\'s package lies in.')
output packageUri string = '${state.properties.primaryEndpoints.blob}packages'

@description('Address of the content account\'s blobs.')
output contentBlobUri string = content.properties.primaryEndpoints.blob
