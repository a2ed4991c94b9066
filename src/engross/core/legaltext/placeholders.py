"""Texts that only keep a number's place: '[Not Used]', '[Repealed.]', '[Reserved]'."""

LONGEST = 40


def keeps_place(text: str) -> bool:
    """Say whether a text is a short note in brackets that nothing stands here."""
    said = text.strip()
    return len(said) <= LONGEST and said[:1] == "[" and said[-1:] == "]" and said.count("[") == 1
