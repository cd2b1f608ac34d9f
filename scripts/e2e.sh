#!/usr/bin/env bash
# Runs the browser tests against a service of their own: demo data, a free port, a temporary data folder.
#
# usage: scripts/e2e.sh [npm script of tests/e2e] [arguments for it]    (default: test)
#
# The tests get BASE_URL (the running demo), CHROMIUM_PATH, and, to run services of their own on empty systems,
# SATUPINTU_BIN and SATUPINTU_SPA_DIR.
source "$(dirname "$0")/lib.sh"

script=${1:-test}
(($# > 0)) && shift

scripts/frontend.sh build
scripts/frontend.sh e2e-packages
cargo build --quiet --package satupintu

CHROMIUM_PATH=$(find_chromium)
[[ -n $CHROMIUM_PATH ]] || die "no Chromium: run scripts/setup.sh --tests, or set CHROMIUM_PATH"
SATUPINTU_BIN=$TARGET_DIR/debug/satupintu
SATUPINTU_SPA_DIR=$ROOT/frontend/dist
export CHROMIUM_PATH SATUPINTU_BIN SATUPINTU_SPA_DIR

# A short path: the database's socket beneath it may have 107 bytes.
work=$(mktemp -d /tmp/satupintu-e2e.XXXXXX)
# When this is root, PostgreSQL runs as another user, who has to get to its folder.
chmod 711 "$work"
service=
finish() {
    local status=$?
    trap - EXIT
    if [[ -n $service ]] && ! stop_process "$service"; then
        status=1
    fi
    if ((status)); then
        printf -- '--- last lines of the service ---\n' >&2
        tail -n 30 "$work/service.log" >&2 || true
    fi
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

port=$(free_port)
# Of its environment the service gets only what the tests mean it to have.
env -u DATABASE_URL -u DATABASE_OWNER_URL \
    SATUPINTU_ADDR="127.0.0.1:$port" \
    SATUPINTU_PUBLIC_URL="http://127.0.0.1:$port" \
    SATUPINTU_DATA_DIR="$work/data" \
    SATUPINTU_RATE_PER_ADDRESS=100000 SATUPINTU_RATE_PER_ACCOUNT=100000 \
    "$SATUPINTU_BIN" serve --demo >"$work/service.log" 2>&1 &
service=$!
wait_ready "http://127.0.0.1:$port/readyz" "$service" "$work/service.log"

cd tests/e2e
BASE_URL="http://127.0.0.1:$port" npm run --silent "$script" -- "$@"
