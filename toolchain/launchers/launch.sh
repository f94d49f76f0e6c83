#!/bin/sh
# Stands beside the pulumi binary under the name of a plugin, and runs the project's launcher of that name with the
# project's Node. The project is the nearest folder upwards that has the launcher, else $TENANTRY_ROOT.
name=${0##*/}
root=$PWD
while [ -n "$root" ] && [ ! -f "$root/toolchain/launchers/$name.ts" ]; do root=${root%/*}; done
root=${root:-$TENANTRY_ROOT}
node=$root/node_modules/.bin/node
[ -x "$node" ] || node=node
exec "$node" --disable-warning=ExperimentalWarning "$root/toolchain/launchers/$name.ts" "$@"
