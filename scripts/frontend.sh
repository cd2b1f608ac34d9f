#!/usr/bin/env bash
# Installs the SPA's packages and builds it into frontend/dist, each only when something changed.
#
# usage: scripts/frontend.sh [packages|build|e2e-packages]    (default: build)
source "$(dirname "$0")/lib.sh"

# npm_ci FOLDER: the packages of its package-lock.json, unless they are there already.
npm_ci() {
    local dir=$1 stamp=$1/node_modules/.satupintu-lock
    [[ -f $dir/package-lock.json ]] || die "$dir/package-lock.json is missing"
    if [[ -f $stamp ]] && cmp --silent "$stamp" "$dir/package-lock.json"; then
        return
    fi
    say "npm ci in $dir"
    # The browser is Debian's.
    (cd "$dir" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error)
    mkdir -p "$dir/node_modules"
    cp "$dir/package-lock.json" "$stamp"
}

# The SPA is current when nothing it is made of is newer than the last build.
is_built() {
    [[ -f frontend/dist/index.html ]] || return 1
    local newer
    newer=$(find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o \
        -type f -newer frontend/dist/index.html -print -quit)
    [[ -z $newer ]]
}

case ${1:-build} in
packages) npm_ci frontend ;;
e2e-packages) npm_ci tests/e2e ;;
build)
    npm_ci frontend
    if ! is_built; then
        say "building the SPA"
        (cd frontend && npm run --silent build)
        # Of the same content the build may leave the old file.
        touch frontend/dist/index.html
    fi
    ;;
*) die "usage: scripts/frontend.sh [packages|build|e2e-packages]" ;;
esac
