#!/bin/sh
# Install the named Debian packages, trying three times; needs root and apt-get.
set -eu
export DEBIAN_FRONTEND=noninteractive
for attempt in 1 2 3; do
    if apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@" > /dev/null; then
        exit 0
    fi
    echo "apt-get failed (attempt $attempt of 3)" >&2
    sleep $((attempt * 5))
done
exit 1
