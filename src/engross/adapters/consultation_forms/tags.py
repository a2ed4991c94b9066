"""What the fields of a response form are called, in the file and nowhere else."""

CONSULTATION = "engross-consultation"
ANONYMOUS = "engross-anonymous"
CHOOSE = "Choose an answer"
WRITE = "Write here"
CHECKED, UNCHECKED = "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"


def tag_of(number: int, part: str) -> str:
    """Return the tag of a field: of which question, and which part of its answer."""
    return f"engross-q{number}-{part}"
