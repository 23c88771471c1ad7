#!/bin/bash
# Makes the console known to Keycloak as a client, or gives it its secret anew if it is known: console-client.sh KEYCLOAK CONSOLE
# Both are scheme, host and port. ADMINISTRATOR, ADMINISTRATOR_PASSWORD and CLIENT_SECRET come from the environment.
set -euo pipefail

config=$(mktemp)
trap 'rm -f "$config"' EXIT
kc() { bash "${KCADM:-/opt/keycloak/bin/kcadm.sh}" "$@" --config "$config"; }

# Keycloak listens before it is ready, and its image has nothing by which its health could be asked for.
tries=0
until kc config credentials --server "$1" --realm master --user "$ADMINISTRATOR" --password "$ADMINISTRATOR_PASSWORD"; do
  tries=$((tries + 1))
  [ "$tries" -lt 40 ] || exit 1
  sleep 3
done

id=$(kc get clients -r points -q clientId=points-console --fields id --format csv --noquotes)
if [ -n "$id" ]; then
  kc update "clients/$id" -r points -s "secret=$CLIENT_SECRET"
else
  id=$(kc create clients -r points -i -f "${CLIENT:-/points/console-client.json}" -s "secret=$CLIENT_SECRET" \
    -s "redirectUris=[\"$2/bff/callback\"]" -s "attributes.\"post.logout.redirect.uris\"=$2/")
fi
# The roles that its tokens may name, whatever else a person has.
roles=
while IFS=, read -r role name; do
  case $name in
    platform-admin | manager | lead | employee | finance | auditor) roles="$roles${roles:+, }{\"id\": \"$role\", \"name\": \"$name\"}" ;;
  esac
done < <(kc get roles -r points --fields id,name --format csv --noquotes)
kc create "clients/$id/scope-mappings/realm" -r points -f - <<<"[$roles]"
