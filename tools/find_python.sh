#!/bin/sh
# Print the first Python of 3.11 or newer; PYTHON= names one and is then the only choice.
# Each is run, not only looked up: a version manager's shim exists without its version.
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
        echo "$python"
        exit 0
    fi
done
echo "Engross needs Python 3.11 or newer; none of '${PYTHON:-python3.13 python3.12 python3.11 python3 python}' is one." >&2
echo "Install one, or name it: make PYTHON=/path/to/python3" >&2
exit 1
