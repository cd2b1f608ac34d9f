#!/usr/bin/env bash
# Measures an optimised build on this machine: sizes, starts, memory, lists against pgbench, pages in Chromium. Prints the
# figures and writes them to docs/measurements.md and the README; nothing passes or fails. Takes about five minutes after
# the build. Fewer rounds, for a quick look: STARTS=2 ROUNDS=1 SECONDS_A_ROUND=3 VISITS=1 make bench
source "$(dirname "$0")/lib.sh"

scripts/setup.sh --tests --bench
scripts/frontend.sh build
scripts/frontend.sh e2e-packages
say "building the service (release)"
cargo build --release --package satupintu

exec node tests/bench/main.mjs "$TARGET_DIR/release/satupintu" "$ROOT/frontend/dist" "$(find_chromium)"
