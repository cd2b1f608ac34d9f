#!/usr/bin/env bash
# Writes openapi.json and the SPA's types from the code, or, with --check, fails when they differ from it.
source "$(dirname "$0")/lib.sh"

types=frontend/src/api/schema.gen.ts
scripts/frontend.sh packages
cargo build --quiet --package satupintu
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$TARGET_DIR/debug/satupintu" openapi >"$fresh/openapi.json"
frontend/node_modules/.bin/openapi-typescript "$fresh/openapi.json" --output "$fresh/schema.gen.ts" >/dev/null

if [[ ${1:-} == --check ]]; then
    status=0
    diff --unified openapi.json "$fresh/openapi.json" || status=1
    diff --unified "$types" "$fresh/schema.gen.ts" || status=1
    ((status == 0)) || die "openapi.json or $types is not what the code says: run make openapi and commit both"
else
    cp "$fresh/openapi.json" openapi.json
    cp "$fresh/schema.gen.ts" "$types"
fi
