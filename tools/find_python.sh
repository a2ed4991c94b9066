#!/bin/sh
# Print the first Python of 3.11 or newer; PYTHON= names one and is then the only choice.
# Each is run, not only looked up: a version manager's shim exists without its version.
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3.13 python3.12 python3.11 python3 python
fi
for python in "$@"; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
        echo "$python"
        exit 0
    fi
done
echo "Engross needs Python 3.11 or newer; not found among: $*" >&2
echo "Install one, or name it: make PYTHON=/path/to/python3" >&2
exit 1
