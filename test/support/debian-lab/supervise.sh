#!/bin/sh
# Keeps one lab host running: starts it again when it asks for a reboot, ends when it powers off.
# Usage: supervise.sh HOST_FOLDER NAME NETNS
# The folder's path is part of this command line on purpose: the sweep recognises left-overs by it.
folder=$1 name=$2 netns=$3
echo $$ >"$folder/sup.pid"
while :; do
  # --network-namespace-path: the namespace, with its address, outlives the host's reboot.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=0 systemd-nspawn --quiet --register=no --keep-unit -D "$folder/merged" \
    --network-namespace-path="/run/netns/$netns" --hostname="$name" --machine="$name" --link-journal=no \
    -b --console=pipe </dev/null >>"$folder/console.log" 2>&1 &
  echo $! >"$folder/nspawn.pid"
  wait $!
  code=$?
  echo "$code" >"$folder/last-exit"
  # 133 = the host asked for a reboot; 0 = powered off; 255 = did not start.
  [ "$code" = 133 ] || break
  # Slow firmware: how long the machine takes before it boots again.
  sleep "$(cat "$folder/reboot-delay" 2>/dev/null || echo 0)"
done
rm -f "$folder/sup.pid" "$folder/nspawn.pid"
