metadata description = 'The identity that the app runs as.'

@description('Name of the identity.')
param identityName string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: location
  tags: tags
}

@description('Resource id.')
output identityId string = identity.id

@description('Object id, for role assignments.')
output principalId string = identity.properties.principalId

@description('Client id, by which the app asks for tokens.')
output clientId string = identity.properties.clientId
