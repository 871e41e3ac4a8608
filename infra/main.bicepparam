using 'main.bicep'

// Everything comes from the environment, so that deploy.sh, azd and a pipeline say it the same way. For more than this: copy the file,
// and give the copy to deploy.sh with --parameters.
param name = readEnvironmentVariable('AZURE_ENV_NAME', 'tlsorlink')
param location = readEnvironmentVariable('AZURE_LOCATION', 'japaneast')
param linkHost = readEnvironmentVariable('TLSORLINK_LINK_HOST')
param linkHostStage = readEnvironmentVariable('TLSORLINK_LINK_HOST_STAGE', 'none')
param companyName = readEnvironmentVariable('TLSORLINK_COMPANY')
param ehloName = readEnvironmentVariable('TLSORLINK_EHLO_NAME')
param reverseDns = bool(readEnvironmentVariable('TLSORLINK_REVERSE_DNS', 'false'))
param alertEmail = readEnvironmentVariable('TLSORLINK_ALERT_EMAIL', '')
param entraClientId = readEnvironmentVariable('TLSORLINK_ENTRA_CLIENT_ID', '')
param zoneRedundant = bool(readEnvironmentVariable('TLSORLINK_ZONES', 'true'))
param customerManagedKey = bool(readEnvironmentVariable('TLSORLINK_OWN_KEY', 'false'))
param malwareScanning = bool(readEnvironmentVariable('TLSORLINK_MALWARE_SCANNING', 'false'))

// JSON objects: {"Callers__0__Name":"flow"} and {"Storage__HashKey":"..."}.
param settings = json(readEnvironmentVariable('TLSORLINK_SETTINGS', '{}'))
param secretSettings = json(readEnvironmentVariable('TLSORLINK_SECRET_SETTINGS', '["Storage__HashKey","Events__ChainKey"]'))
param secretValues = json(readEnvironmentVariable('TLSORLINK_SECRETS', '{}'))
