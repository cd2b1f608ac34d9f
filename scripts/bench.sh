#!/usr/bin/env bash
# Measures an optimised build on this machine: sizes, time to ready on an existing database, memory when idle.
# Prints figures with the machine's facts; nothing passes or fails.
source "$(dirname "$0")/lib.sh"

starts=${STARTS:-5}

scripts/setup.sh
scripts/frontend.sh build
say "building the service (release)"
cargo build --release --package satupintu
binary=$TARGET_DIR/release/satupintu

work=$(mktemp -d /tmp/satupintu-bench.XXXXXX)
chmod 711 "$work" # for PostgreSQL's user, when this is root
service=
finish() {
    local status=$?
    trap - EXIT
    [[ -z $service ]] || stop_process "$service" || status=1
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# start ARGUMENTS: runs the service until it is ready; sets service, and took in milliseconds.
start() {
    local begun
    begun=$(milliseconds)
    env -u DATABASE_URL -u DATABASE_OWNER_URL SATUPINTU_SPA_DIR="$ROOT/frontend/dist" \
        SATUPINTU_ADDR="127.0.0.1:$port" SATUPINTU_DATA_DIR="$work/data" \
        "$binary" serve "$@" >>"$work/service.log" 2>&1 &
    service=$!
    # Closer steps than wait_ready's: a start takes a few hundredths of a second.
    until curl --fail --silent --output /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null; do
        kill -0 "$service" 2>/dev/null || die "the service ended: $(tail -n 20 "$work/service.log")"
        sleep 0.005
    done
    took=$(($(milliseconds) - begun))
}

stop() {
    stop_process "$service"
    service=
}

resident_mib() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
row() { printf '%-42s %s\n' "$1" "$2"; }

port=$(free_port)
say "first start: new database, demo data"
start --demo
first=$took
stop
times=()
for ((i = 0; i < starts; i++)); do
    start --demo
    times+=("$took")
    ((i == starts - 1)) || stop
done
sleep 2
idle=$(resident_mib "$service")
stop

printf '\n'
row "date" "$(date --iso-8601)"
row "machine" "$(nproc) cores, $(sed -nE 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)"
row "binary" "$(stat --format %s "$binary" | awk '{ printf "%.1f MB", $1 / 1e6 }')"
row "first start with demo data" "$first ms"
row "start on an existing database, median of $starts" "$(median "${times[@]}") ms (${times[*]})"
row "resident memory, idle" "$idle MiB"
(cd frontend && npm run --silent size)
