"""Settings, root addresses and the web server's entry.

SQLite from the `pysqlite3` wheel replaces the interpreter's own before Django looks
for it: the system's 3.40 can corrupt a write-ahead log with several writers.
"""

import sys

try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # not on Linux: the interpreter's own SQLite serves
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
