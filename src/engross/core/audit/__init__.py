"""What was done, chained so that no edit of it stays unseen; and from where it was done."""

from engross.core.audit.chains import (
    ERASED,
    ERASED_VALUE,
    FIELDS,
    Fault,
    Link,
    digest_of,
    faults_in,
    hash_of,
)
from engross.core.audit.sources import coming_from, source_now

__all__ = [
    "ERASED",
    "ERASED_VALUE",
    "FIELDS",
    "Fault",
    "Link",
    "coming_from",
    "digest_of",
    "faults_in",
    "hash_of",
    "source_now",
]
