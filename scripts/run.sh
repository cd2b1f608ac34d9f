#!/usr/bin/env bash
# Makes everything ready and runs the service with the demo data and the SPA. Arguments go to `satupintu serve`.
#
# The unoptimised build is used: on a fresh machine it is there in a third of the time of the optimised one, it is the
# one `make test` uses, and the parts that would be slow in it (password hashing) are optimised in it too.
# For the optimised one: PROFILE=release make run
source "$(dirname "$0")/lib.sh"

profile=${PROFILE:-dev}
folder=$profile
[[ $profile == dev ]] && folder=debug

scripts/setup.sh
scripts/frontend.sh build
say "building the service ($profile)"
cargo build --profile "$profile" --package satupintu

export SATUPINTU_SPA_DIR=${SATUPINTU_SPA_DIR:-$ROOT/frontend/dist}
exec "$TARGET_DIR/$folder/satupintu" serve --demo "$@"
