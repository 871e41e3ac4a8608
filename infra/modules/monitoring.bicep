metadata description = 'Logs, Application Insights, alerts and the workbook, all in the region of the app.'

@description('Prefix of names.')
param prefix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the identity that the app runs as.')
param identityName string

@description('Principal of that identity.')
param principalId string

@description('Days that logs and telemetry are kept; they hold no addresses, but the IP addresses of those who download.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Most gigabytes of logs a day; -1 for no limit.')
param dailyCapGigabytes int

@description('Address that alerts are mailed to. Empty: alerts show in the portal only.')
param alertEmail string

@description('Minutes after which an expired thing that is still there raises an alert.')
@minValue(15)
param purgeLagMinutes int

@description('Minutes after which an unfinished message raises an alert; longer than Delivery:RetryPeriod (1440), for retries are no fault.')
@minValue(60)
param queueAgeMinutes int

@description('Percent of recipients that bounce or stay unconfirmed within an hour which raises an alert.')
@minValue(1)
@maxValue(100)
param failurePercent int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${prefix}-logs'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyCapGigabytes }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${prefix}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Only the app's identity may write, so that the connection string is no secret.
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

var publisher = { 'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb' }

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(publisher): {
    scope: insights
    name: guid(insights.id, identityName, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${prefix}-people'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'tlsorlink'
    emailReceivers: [{ name: 'operator', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

// Each query gives a row where there is something to see to. What to do stands in docs/operations.md under the alert's name.
var alerts = [
  {
    name: 'deliveries-failing'
    severity: 1
    minutes: 60
    text: 'More than ${failurePercent} percent of the recipients of an hour bounced or stayed unconfirmed.'
    query: 'AppMetrics | where Name == "tlsorlink.recipients" | extend state = tostring(Properties["tlsorlink.state"]) | summarize all = sum(Sum), failed = sumif(Sum, state in ("bounced", "unconfirmed")) | where all >= 20 and failed * 100 > all * ${failurePercent}'
  }
  {
    name: 'port-25-blocked'
    severity: 1
    minutes: 15
    text: 'None of the canary mail servers can be reached: nothing can be sent straight to MX hosts.'
    query: 'AppMetrics | where Name == "tlsorlink.egress.blocked" | summarize blocked = max(Max) | where blocked > 0'
  }
  {
    name: 'purge-late'
    severity: 2
    minutes: 30
    text: 'Something that expired more than ${purgeLagMinutes} minutes ago is still there.'
    query: 'AppMetrics | where Name == "tlsorlink.purge.lag" | summarize lag = max(Max) | where lag > ${purgeLagMinutes * 60}'
  }
  {
    name: 'queue-age'
    severity: 2
    minutes: 30
    text: 'A message that is not held has been unfinished for more than ${queueAgeMinutes} minutes.'
    query: 'AppMetrics | where Name == "tlsorlink.queue.age" | summarize age = max(Max) | where age > ${queueAgeMinutes * 60}'
  }
  {
    name: 'errors'
    severity: 2
    minutes: 15
    text: 'The app logged errors.'
    query: 'AppTraces | where SeverityLevel >= 3 | summarize errors = count() | where errors > 0'
  }
  {
    name: 'silent'
    severity: 1
    minutes: 60
    text: 'The app has reported nothing for an hour, although its timers run every minute.'
    query: 'AppMetrics | where Name startswith "tlsorlink." | summarize seen = count() | where seen == 0'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: '${prefix}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.name
      description: alert.text
      severity: alert.severity
      enabled: true
      autoMitigate: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT${alert.minutes}M'
      // The tables come with the first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(alertEmail) ? [] : [people.id] }
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, prefix, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'TlsOrLink'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: loadTextContent('../dashboard/workbook.json')
    version: 'Notebook/1.0'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: workspace
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Id of the workspace.')
output workspaceId string = workspace.id

@description('Connection string of Application Insights; no secret, for local authentication is off.')
output insightsConnection string = insights.properties.ConnectionString
