"""What may stand in the head of a mail."""


def one_line(text: str, *, longest: int) -> str:
    """Return a text as one line without control characters, cut with an ellipsis.

    A line break in a subject would let whoever typed it add headers of their own.
    """
    plain = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
