metadata description = 'The network: everything that the app sends leaves by one static address, and the state account is reached inside it.'

@description('Prefix of names.')
param prefix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Address space of the virtual network; a /24 or larger.')
param addressPrefix string

@description('Name that the reverse DNS record of the outbound address gives. Its A record must already point to the address. Empty: none yet.')
param reverseFqdn string

@description('Minutes that an idle outbound connection is kept; SMTP servers may take 10 minutes for the final reply (RFC 5321 section 4.5.3.2.6).')
@minValue(4)
@maxValue(120)
param idleMinutes int = 15

// A static address in all zones: SPF records name it, and receiving servers look up its reverse name.
resource address 'Microsoft.Network/publicIPAddresses@2025-05-01' = {
  name: '${prefix}-out'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Regional' }
  zones: ['1', '2', '3']
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
    dnsSettings: empty(reverseFqdn)
      ? { domainNameLabel: '${prefix}-out' }
      : { domainNameLabel: '${prefix}-out', reverseFqdn: reverseFqdn }
  }
}

resource nat 'Microsoft.Network/natGateways@2025-05-01' = {
  name: '${prefix}-nat'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    idleTimeoutInMinutes: idleMinutes
    publicIpAddresses: [{ id: address.id }]
  }
}

// Nobody reaches into the app's subnet; the private endpoints are reached from inside alone.
resource guard 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: '${prefix}-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'deny-internet-in'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: '${prefix}-net'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 25, 0)
          defaultOutboundAccess: false
          natGateway: { id: nat.id }
          networkSecurityGroup: { id: guard.id }
          // What Flex Consumption integrates with.
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
          // The content account and the vault are reached past the NAT gateway, which charges by the gigabyte.
          serviceEndpoints: [{ service: 'Microsoft.Storage' }, { service: 'Microsoft.KeyVault' }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 27, 4)
          defaultOutboundAccess: false
          networkSecurityGroup: { id: guard.id }
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('Id of the virtual network.')
output networkId string = network.id

@description('Id of the subnet that the app is integrated with.')
output appSubnetId string = network::app.id

@description('Id of the subnet of the private endpoints.')
output endpointSubnetId string = network::endpoints.id

@description('The address that mail leaves from: for SPF, and for whoever allows senders by address.')
output outboundAddress string = address.properties.ipAddress
