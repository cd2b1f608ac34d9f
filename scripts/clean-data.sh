#!/usr/bin/env bash
# Deletes the data of `make run`: the embedded database, uploaded files and keys. Asks first, unless YES=1.
source "$(dirname "$0")/lib.sh"

if [[ -n ${SATUPINTU_DATA_DIR:-} ]]; then
    dir=$SATUPINTU_DATA_DIR
elif [[ $EUID -eq 0 ]]; then
    dir=/var/lib/satupintu
else
    dir=${XDG_DATA_HOME:-$HOME/.local/share}/satupintu
fi
if [[ ! -d $dir ]]; then
    say "there is no data in $dir"
    exit
fi
[[ -d $dir/postgres ]] || die "$dir does not look like a data folder of Satu Pintu: it has no folder postgres"
# Whoever runs the database holds this lock.
if ! flock --nonblock "$dir/postgres/owner.lock" true; then
    die "the service is running with the data in $dir: stop it first"
fi
if [[ ${YES:-} != 1 ]]; then
    read -r -p "Delete everything in $dir? Type yes: " answer
    [[ $answer == yes ]] || die "nothing was deleted"
fi
rm -rf "$dir"
say "deleted $dir"
