# shellcheck shell=bash
# What the scripts share. Source it; it changes to the project's root.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# rustup puts cargo where a shell that was open before does not look.
if [[ -d ${CARGO_HOME:-$HOME/.cargo}/bin ]]; then
    PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fi

# CI keeps what cargo builds between runs, outside of the checkout.
if [[ -n ${CI:-} && -z ${CARGO_TARGET_DIR:-} ]]; then
    export CARGO_TARGET_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/satupintu/target"
    # What helps the next small change fills gigabytes, and each run has another checkout.
    export CARGO_INCREMENTAL=0
fi

# shellcheck disable=SC2034 # for the scripts
TARGET_DIR=${CARGO_TARGET_DIR:-$ROOT/target}
export NODE_MIN=20.19 RUST_MIN=1.95

say() { printf '==> %s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Chromium as the tests use it; empty when there is none.
find_chromium() {
    local name
    if [[ -n ${CHROMIUM_PATH:-} ]]; then
        printf '%s\n' "$CHROMIUM_PATH"
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if have "$name"; then
            command -v "$name"
            return
        fi
    done
}

# A TCP port of this machine that is free now.
free_port() {
    node -e 'const s = require("node:net").createServer();
        s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

# wait_ready URL PID LOG: waits until the service answers; ends the script when the process does.
wait_ready() {
    local url=$1 pid=$2 log=$3 i
    for ((i = 0; i < 1200; i++)); do
        if curl --fail --silent --output /dev/null --max-time 2 "$url"; then
            return
        fi
        if ! kill -0 "$pid" 2>/dev/null; then
            tail -n 40 "$log" >&2
            die "the service ended before it was ready"
        fi
        sleep 0.1
    done
    tail -n 40 "$log" >&2
    die "the service was not ready after two minutes: $url"
}

# stop_process PID: asks it to end, waits, and kills it after 90 seconds.
stop_process() {
    local pid=$1 i
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((i = 0; i < 900; i++)); do
        if ! kill -0 "$pid" 2>/dev/null; then
            wait "$pid" 2>/dev/null || true
            return 0
        fi
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    printf 'error: the service did not end when asked and was killed\n' >&2
    return 1
}
