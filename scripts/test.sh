#!/usr/bin/env bash
# Everything that must hold before a change is merged. Each step tells its name and how long it took; the last line
# counts tests. All steps run, also after one failed.
#
# usage: scripts/test.sh [step …]    (default: all; the names are the functions below)
source "$(dirname "$0")/lib.sh"

export CARGO_TERM_COLOR=never NO_COLOR=1
# A step that is one check counts as one test; these three count what their runners report.
step_format() { cargo fmt --all -- --check; }
step_lint() { cargo clippy --workspace --all-targets --quiet -- --deny warnings; }
step_rust() { cargo test --workspace --no-fail-fast --quiet; }
step_openapi() { scripts/openapi.sh --check; }
step_frontend_check() { npm_in_frontend check; }
step_browser_check() {
    scripts/frontend.sh e2e-packages && (cd tests/e2e && npm run --silent check) &&
        (cd frontend && npx biome check --error-on-warnings ../tests/e2e)
}
step_frontend_test() { npm_in_frontend test; }
step_frontend_build() { npm_in_frontend build; }
step_frontend_size() { npm_in_frontend size; }
step_browser() { scripts/e2e.sh; }
steps=(format lint rust openapi frontend_check browser_check frontend_test frontend_build frontend_size browser)

# Joined by &&: `set -e` does not count in a step, whose status is asked for.
npm_in_frontend() {
    scripts/frontend.sh packages && (cd frontend && npm run --silent "$1")
}

# sum PATTERN FILE: the numbers that PATTERN, an extended regular expression with one group, finds.
sum() { sed -nE "s/^.*$1.*$/\1/p" "$2" | awk '{ n += $1 } END { print n + 0 }'; }

# count STEP LOG: sets ok and bad from what the runner printed.
count() {
    case $1 in
    rust)
        ok=$(sum '^test result: .* ([0-9]+) passed' "$2")
        bad=$(sum '^test result: .* ([0-9]+) failed' "$2")
        ;;
    frontend_test)
        ok=$(sum '^ *Tests .*\b([0-9]+) passed' "$2")
        bad=$(sum '^ *Tests .*\b([0-9]+) failed' "$2")
        ;;
    browser)
        ok=$(sum '^ *([0-9]+) passed' "$2")
        bad=$(sum '^ *([0-9]+) failed' "$2")
        ;;
    *) ok=0 bad=0 ;;
    esac
}

scripts/setup.sh --tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 broken=()
if (($#)); then
    steps=("$@")
fi
for step in "${steps[@]}"; do
    declare -F "step_$step" >/dev/null || die "no step $step; there are: ${steps[*]}"
    printf '\n==> %s\n' "$step"
    begun=$SECONDS
    status=0
    "step_$step" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
    count "$step" "$log"
    # One check, or a runner that got nowhere.
    if ((status == 0 && ok == 0)); then
        ok=1
    elif ((status != 0 && bad == 0)); then
        bad=1
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
    if ((status != 0)); then
        broken+=("$step")
    fi
    printf '==> %s: %s in %d s\n' "$step" "$( ((status == 0)) && echo ok || echo FAILED)" $((SECONDS - begun))
done
printf '\n'
if ((${#broken[@]})); then
    printf 'failed: %s\n' "${broken[*]}"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
((${#broken[@]} == 0))
