#!/bin/sh
# Makes ./configure and Makefile.in from configure.ac and Makefile.am.
set -eu
cd "$(dirname "$0")"
for tool in autoreconf:autoconf aclocal:automake pkg-config:pkg-config; do
	if ! command -v "${tool%%:*}" >/dev/null; then
		echo "autogen.sh: ${tool%%:*} is missing: apt-get install ${tool##*:}" >&2
		exit 1
	fi
done
exec autoreconf --install --force
