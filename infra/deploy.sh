#!/usr/bin/env bash
# Deploys TlsOrLink to Azure. `infra/deploy.sh --help` says more.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

usage() {
  cat <<'TEXT'
usage: infra/deploy.sh [--what-if] [--infra-only | --app-only] [--parameters FILE] [--help]

Makes the resources of infra/main.bicep, builds the app with -p:FunctionsHost=Azure and deploys it. Can be run again at any time:
an upgrade is the same command. Needs az (signed in: az login), dotnet, zip and openssl.

  --what-if          says what would change, and changes nothing
  --infra-only       resources without the app
  --app-only         the app without the resources
  --parameters FILE  a copy of infra/main.bicepparam with more in it
  --secrets-for-azd  used by azure.yaml: keeps new keys in azd's environment where the vault has none

Values come from the environment (see infra/README.md):
  AZURE_ENV_NAME        name of the deployment, 3 to 12 lower-case letters and digits (tlsorlink)
  AZURE_LOCATION        region (japaneast)
  TLSORLINK_LINK_HOST   name that links begin with, of your own domain: files.example.co.jp
  TLSORLINK_COMPANY     the company that recipients are told keeps the files
  TLSORLINK_EHLO_NAME   name that the app gives other mail servers
  TLSORLINK_LINK_HOST_STAGE, TLSORLINK_REVERSE_DNS, TLSORLINK_ALERT_EMAIL, TLSORLINK_SETTINGS, TLSORLINK_SECRETS, ...
TEXT
}

what_if='' infra=1 app=1 for_azd='' parameters=$root/infra/main.bicepparam
while (($#)); do
  case $1 in
    --what-if) what_if=1 ;;
    --infra-only) app='' ;;
    --app-only) infra='' ;;
    --secrets-for-azd) for_azd=1 ;;
    --parameters) parameters=${2:?--parameters needs a file}; shift ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
if [[ ! $infra && ! $app ]]; then
  echo "deploy: --infra-only and --app-only leave nothing to do" >&2
  exit 2
fi

name=${AZURE_ENV_NAME:-tlsorlink}
location=${AZURE_LOCATION:-japaneast}
group=${AZURE_RESOURCE_GROUP:-$name-rg}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { printf '== %s\n' "$*"; }

need() {
  local tool missing=()
  for tool; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  ((${#missing[@]} == 0)) || { echo "deploy: install ${missing[*]} first" >&2; exit 1; }
}

need_values() {
  local name missing=()
  for name in TLSORLINK_LINK_HOST TLSORLINK_COMPANY TLSORLINK_EHLO_NAME; do
    [[ ${!name:-} ]] || missing+=("$name")
  done
  ((${#missing[@]} == 0)) || { echo "deploy: set ${missing[*]} (see --help)" >&2; exit 1; }
}

# Keys that the deployment makes once: another hash key loses search by address and idempotency, another chain key the proof of old trails.
made_once=(Storage__HashKey Events__ChainKey)

# A secret is looked at as a resource, without its value: nobody but the app reads values.
has_secret() {
  local vault
  vault=$(az resource list --resource-group "$group" --resource-type Microsoft.KeyVault/vaults --query '[0].id' --output tsv 2>/dev/null) || return 1
  [[ $vault ]] && az resource show --ids "$vault/secrets/${1//__/-}" --output none 2>/dev/null
}

add_keys() {
  local setting rest key
  for setting in "${made_once[@]}"; do
    [[ ${TLSORLINK_SECRETS:-} == *"\"$setting\""* ]] && continue
    if has_secret "$setting"; then continue; fi
    key=$(openssl rand -base64 32)
    rest=${TLSORLINK_SECRETS:-"{}"}
    rest=${rest#\{}
    [[ $rest == \} ]] || rest=",$rest"
    export TLSORLINK_SECRETS="{\"$setting\":\"$key\"$rest"
    say "A new ${setting/__/:} goes into the vault"
  done
}

deploy_infra() {
  need_values
  add_keys
  if [[ $what_if ]]; then
    az deployment sub what-if --name "$name" --location "$location" --parameters "$parameters"
    return
  fi
  say "Making the resources in $location"
  az provider register --namespace Microsoft.App --wait --output none
  az deployment sub create --name "$name" --location "$location" --parameters "$parameters" \
    --query properties.outputs --output json >"$scratch/outputs.json"
  output() { sed -n "/\"$1\"/,/}/s/.*\"value\": \"\(.*\)\".*/\1/p" "$scratch/outputs.json"; }
  group=$(output AZURE_RESOURCE_GROUP)
  APP_NAME=$(output APP_NAME)
  say "DNS records to have:"
  printf '  %s CNAME %s\n' "$TLSORLINK_LINK_HOST" "$(output APP_HOST)"
  printf '  asuid.%s TXT %s\n' "$TLSORLINK_LINK_HOST" "$(output LINK_HOST_VERIFICATION)"
  printf '  %s A %s\n' "$TLSORLINK_EHLO_NAME" "$(output OUTBOUND_ADDRESS)"
  printf '  SPF of your sender domains: ip4:%s\n' "$(output OUTBOUND_ADDRESS)"
}

deploy_app() {
  if [[ ! ${APP_NAME:-} ]]; then
    APP_NAME=$(az functionapp list --resource-group "$group" --query '[0].name' --output tsv)
  fi
  [[ $APP_NAME ]] || { echo "deploy: no function app in $group; run without --app-only first" >&2; exit 1; }
  say "Building the app"
  dotnet restore "$root/Functions" -p:FunctionsHost=Azure || {
    echo "deploy: the packages of the Functions worker cannot be restored from this machine's registry (see above)" >&2
    exit 1
  }
  dotnet publish "$root/Functions" --configuration Release -p:FunctionsHost=Azure --output "$scratch/app"
  (cd "$scratch/app" && zip -qr "$scratch/app.zip" .)
  if [[ $what_if ]]; then
    say "Would deploy $(du -h "$scratch/app.zip" | cut -f1) to $APP_NAME"
    return
  fi
  say "Deploying to $APP_NAME"
  az functionapp deployment source config-zip --resource-group "$group" --name "$APP_NAME" --src "$scratch/app.zip" --output none
}

if [[ $for_azd ]]; then
  need az openssl azd
  before=${TLSORLINK_SECRETS:-}
  add_keys
  [[ ${TLSORLINK_SECRETS:-} == "$before" ]] || azd env set TLSORLINK_SECRETS "$TLSORLINK_SECRETS"
  exit 0
fi
need az
az account show --output none || { echo "deploy: sign in with 'az login' first" >&2; exit 1; }
if [[ $infra ]]; then
  need openssl
  deploy_infra
fi
if [[ $app && ! ($what_if && $infra) ]]; then
  need dotnet zip
  deploy_app
fi
say "Done"
