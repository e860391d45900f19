#!/bin/sh
# Makes the .env of docker compose: .env.example, with a new secret for the operator and for each service on the broker.
set -eu
cd "$(dirname "$0")/../.."
if [ -e .env ]; then
  echo "There is a .env already, and its secrets are in use: edit it, or remove it first." >&2
  exit 1
fi

# Begins with a letter: nats-server would read anything else as a number.
secret() {
  printf 's'
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

umask 077
while IFS= read -r line; do
  case $line in
    TROUPE_OPERATOR_TOKEN= | TROUPE_NATS_PASSWORD_*=) echo "$line$(secret)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <.env.example >.env
echo "Written: .env. The operator token in it opens the inbox."
