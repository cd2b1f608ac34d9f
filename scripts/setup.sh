#!/usr/bin/env bash
# Makes the machine able to run (and with --tests, to test; with --bench, to measure) Satu Pintu.
#
# Looks for what is needed and does nothing when all is there. What is missing is installed with apt where this user
# may (root, or sudo without a password); else it prints what to install, and fails.
#
# usage: scripts/setup.sh [--tests] [--bench]
source "$(dirname "$0")/lib.sh"

tests='' bench=''
for option in "$@"; do
    case $option in
    --tests) tests=yes ;;
    --bench) bench=yes ;;
    *) die "usage: scripts/setup.sh [--tests] [--bench]" ;;
    esac
done

missing=() # Debian packages
advice=()  # what no Debian package of a sufficient version gives

version_at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort --version-sort | head -n 1) == "$2" ]]; }

find_postgres() {
    local dir dirs major
    # Without DATABASE_URL the service brings up a PostgreSQL of its own, from programs found like this.
    if [[ -n ${DATABASE_URL:-} && -z $tests ]]; then
        return
    fi
    if [[ -n ${PG_BIN:-} ]]; then
        [[ -x $PG_BIN/postgres && -x $PG_BIN/initdb ]] || die "PG_BIN is $PG_BIN, but postgres and initdb are not in it"
        return
    fi
    shopt -s nullglob
    dirs=(/usr/lib/postgresql/*/bin)
    shopt -u nullglob
    for dir in "${dirs[@]}"; do
        major=$(basename "$(dirname "$dir")")
        if [[ $major =~ ^(15|16|17|18)$ && -x $dir/postgres && -x $dir/initdb ]]; then
            return
        fi
    done
    if have postgres; then
        major=$(postgres --version | sed -E 's/.*\(PostgreSQL\) ([0-9]+).*/\1/')
        if [[ $major =~ ^(15|16|17|18)$ ]]; then
            return
        fi
    fi
    missing+=(postgresql)
}

# The version of package $1 that apt would install, without its epoch; empty when there is none.
candidate() { have apt-cache && apt-cache policy "$1" | sed -nE 's/^ *Candidate: ([0-9]+:)?([0-9].*)/\2/p'; }

find_node() {
    local candidate
    if have node && have npm && version_at_least "$(node --version | tr -d v)" "$NODE_MIN"; then
        return
    fi
    # On a new machine the lists of packages may be empty.
    may_install && as_root apt-get update --quiet=2
    candidate=$(candidate nodejs || true)
    if [[ -n $candidate ]] && version_at_least "$candidate" "$NODE_MIN"; then
        missing+=(nodejs)
        # Debian ships npm apart from node, NodeSource together.
        if [[ $candidate != *nodesource* ]]; then
            missing+=(npm)
        fi
    else
        advice+=("Node.js $NODE_MIN or newer with npm (this system offers ${candidate:-none}): https://nodejs.org/en/download")
    fi
}

find_rust() {
    if have rustup; then
        # The version in rust-toolchain.toml: installs it, when it is missing.
        rustup show active-toolchain >/dev/null 2>&1 || rustup toolchain install >/dev/null ||
            advice+=("the Rust version of rust-toolchain.toml: rustup toolchain install")
    elif ! have cargo || ! version_at_least "$(rustc --version | cut -d ' ' -f 2)" "$RUST_MIN"; then
        advice+=("Rust $RUST_MIN or newer, as this user: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh")
    fi
}

find_tools() {
    have cc && have make || missing+=(build-essential)
    have curl || missing+=(curl)
    have pkg-config || missing+=(pkg-config)
    if [[ -n $tests && -z $(find_chromium) ]]; then
        missing+=(chromium)
    fi
    if [[ -n $bench ]]; then
        have wrk || missing+=(wrk)
    fi
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    else
        sudo --non-interactive "$@"
    fi
}

may_install() {
    have apt-get || return 1
    [[ $EUID -eq 0 ]] || { have sudo && sudo --non-interactive true 2>/dev/null; }
}

# Debian makes and starts a database server of its own on port 5432 when PostgreSQL is installed. The service does not
# use it, so it is not made; the setting that says so goes away again.
install() {
    local dir=/etc/postgresql-common/createcluster.d setting=
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then
        setting=$dir/satupintu-setup.conf
        as_root mkdir -p "$dir"
        echo 'create_main_cluster = false' | as_root tee "$setting" >/dev/null
        # shellcheck disable=SC2064 # the value of now
        trap "as_root rm -f '$setting'" EXIT
    fi
    say "installing ${missing[*]}"
    as_root apt-get update --quiet=2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
    if [[ -n $setting ]]; then
        as_root rm -f "$setting"
        trap - EXIT
    fi
}

find_postgres
find_node
find_rust
find_tools

if ((${#missing[@]})); then
    if may_install; then
        install
    else
        advice+=("Debian packages, as root: apt-get install --no-install-recommends ${missing[*]}")
        if [[ " ${missing[*]} " == *" postgresql "* ]]; then
            advice+=("  (PostgreSQL's own server on port 5432 is not needed: pg_dropcluster --stop <version> main)")
        fi
    fi
fi
if ((${#advice[@]})); then
    printf 'Satu Pintu needs, and this machine lacks:\n' >&2
    printf '  - %s\n' "${advice[@]}" >&2
    exit 1
fi
