metadata description = 'The name that links begin with: first the name alone, then a certificate of the platform for it.'

@description('Name of the function app.')
param appName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name; its CNAME and TXT records must be there.')
param linkHost string

@description('The name is bound already: makes the certificate and binds it.')
param withCertificate bool

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

// A certificate is issued for a bound name only; a bound name is not bound without one again, which would cut HTTPS off for a while.
resource nameOnly 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = if (!withCertificate) {
  parent: app
  name: linkHost
  properties: { hostNameType: 'Verified', customHostNameDnsRecordType: 'CName', sslState: 'Disabled' }
}

resource certificate 'Microsoft.Web/sites/certificates@2025-03-01' = if (withCertificate) {
  parent: app
  name: replace(linkHost, '.', '-')
  location: location
  tags: tags
  properties: { canonicalName: linkHost }
}

resource secured 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = if (withCertificate) {
  parent: app
  name: linkHost
  properties: {
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: 'SniEnabled'
    thumbprint: certificate!.properties.thumbprint
  }
}
