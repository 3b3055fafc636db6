#!/bin/sh
# Builds the read-only lower layer of all lab hosts: Debian 12 from the release pocket only, so that
# the updates and security pockets really have something to upgrade. Nothing is pinned or faked.
# Usage: base-image.sh TARGET CACHE MIRROR CLIENT_KEY.pub TUESDAY_LAB_SERVICE.deb
set -eu
target=$1 cache=$2 mirror=$3 client_key=$4 service_deb=$5

mkdir -p "$cache"
debootstrap --variant=minbase --cache-dir="$cache" \
  --include=openssh-server,iproute2,iputils-ping,ca-certificates,needrestart,procps,less,sudo,apt-utils,systemd-sysv,dbus \
  bookworm "$target" "$mirror"

mkdir -p -m 700 "$target/root/.ssh"
cp "$client_key" "$target/root/.ssh/authorized_keys"

# The hosts have no name service and no route out: apt hands absolute addresses to the lab's proxy.
cat >"$target/etc/apt/apt.conf.d/00lab" <<'CONF'
Acquire::http::Proxy "http://10.77.0.1:3142";
Acquire::Languages "none";
CONF
: >"$target/etc/resolv.conf"
printf '10.77.0.1 repo.lab\n127.0.0.1 localhost\n' >"$target/etc/hosts"

# No fsync per file (a lab host is thrown away), no manuals or translations.
{
  printf 'path-exclude=/usr/share/%s/*\n' locale man doc
  echo force-unsafe-io
} >"$target/etc/dpkg/dpkg.cfg.d/lab"
rm -rf "$target/usr/share/locale" "$target/usr/share/man" "$target/usr/share/doc"

cp "$service_deb" "$target/tmp/service.deb"
chroot "$target" dpkg -i /tmp/service.deb
rm "$target/tmp/service.deb"

# Timers would fight the tests for apt's lock at times nobody chose.
for timer in apt-daily apt-daily-upgrade; do
  ln -sf /dev/null "$target/etc/systemd/system/$timer.timer"
done

# No key and no identity in the image: each host gets its own before its first boot.
rm -f "$target"/etc/ssh/ssh_host_* "$target/var/lib/dbus/machine-id"
: >"$target/etc/machine-id"
