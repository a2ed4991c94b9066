"""What a code says of its releases: when their windows are, and which of them moved."""

from engross.core.codes.attributes import (
    MUST_FLAG,
    MUST_INTEGER,
    ListSchema,
    one_of,
)

RELEASES: dict[str, ListSchema] = {
    "release_windows": ListSchema(
        "the days of the year on which scheduled releases go live",
        {
            "month": MUST_INTEGER,
            # 0 is Monday; `which` counts from 1, or from -1 for the last of the month.
            "weekday": MUST_INTEGER,
            "which": MUST_INTEGER,
            "carries_systems": MUST_FLAG,
        },
    ),
    "moved_windows": ListSchema(
        "windows of one year that went live on another day than the rule gives",
        {
            "window": one_of("release_windows", required=True),
            "year": MUST_INTEGER,
            "month": MUST_INTEGER,
            "day": MUST_INTEGER,
        },
    ),
}
