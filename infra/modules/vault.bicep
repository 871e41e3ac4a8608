metadata description = 'The vault of the app\'s secrets, and of the key that encrypts storage where the operator wants an own one.'

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the identity that the app runs as.')
param identityName string

@description('Principal of that identity.')
param principalId string

@description('Subnet that the app asks from.')
param appSubnetId string

@description('Secrets to write, by the name of their setting (Storage__HashKey). What is not named stays as it is.')
@secure()
param secretValues object

@description('Makes a key that encrypts both storage accounts.')
param customerManagedKey bool

@description('Log Analytics workspace of the logs.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Enabled'
    // Trusted services: storage, which unwraps its own key.
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'AzureServices'
      virtualNetworkRules: [{ id: appSubnetId }]
      ipRules: []
    }
  }
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = [
  for name in objectKeys(secretValues): {
    parent: vault
    name: replace(name, '__', '-')
    properties: { value: secretValues[name], contentType: 'text/plain' }
  }
]

resource key 'Microsoft.KeyVault/vaults/keys@2025-05-01' = if (customerManagedKey) {
  parent: vault
  name: 'storage'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    rotationPolicy: {
      attributes: { expiryTime: 'P2Y' }
      lifetimeActions: [{ action: { type: 'rotate' }, trigger: { timeBeforeExpiry: 'P90D' } }]
    }
  }
}

var roles = union(
  { 'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6' },
  customerManagedKey ? { 'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6' } : {}
)

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    scope: vault
    name: guid(vault.id, identityName, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the vault.')
output vaultName string = vault.name

@description('Address of the vault, with a slash at its end.')
output vaultUri string = vault.properties.vaultUri

@description('Id of the storage key, without version, so that rotations are followed; empty without one.')
output keyUri string = customerManagedKey ? key!.properties.keyUri : ''
