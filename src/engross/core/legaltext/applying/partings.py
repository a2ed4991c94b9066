"""What a split expects of the text it parts, and a join of the texts it puts together."""

from collections.abc import Callable, Iterator, Mapping

from engross.core.legaltext.change_sets import Join, Key, Replace, Split, base_side
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision, short_hash

Unmet = Iterator[tuple[str, str]]  # what is expected, what is found


def unmet_split(operation: Split, stands: Provision, where: str) -> Unmet:
    """Yield where a text is not the one that is to be parted."""
    text = stands.text
    cuts = zip(operation.cuts, operation.pieces, strict=True)
    fits = all(text.startswith(piece.glue, at) and at <= len(text) for at, piece in cuts)
    if not fits or (operation.hash and operation.hash != short_hash(text)):
        yield f"{where} to have the text it parts", f"it reads {text[:80]!r}"


def unmet_join(
    operation: Join,
    places: Places,
    edits: Mapping[str, Replace],
    remaining: Callable[[int], Provision],
) -> Unmet:
    """Yield where texts are not those that are to be put together.

    `edits` are those of the set, by what they name in the base; `remaining` gives a provision
    with what the set leaves under it.
    """
    texts = [_edited(operation.key, places, edits)]
    for piece in operation.pieces:
        node = places.find(base_side(piece.key))
        if node is None:
            continue
        stands, where = places.provision(node), places.shown(node)
        expected = (piece.number, piece.heading, piece.id)
        found = (stands.number, stands.heading, stands.id)
        if expected != found:
            yield f"{where} to be {_shown(expected)}", f"it is {_shown(found)}"
        if remaining(node).children or stands.table:
            yield f"{where} to have nothing but a text", "something else stands under it"
        texts += [piece.glue, _edited(piece.key, places, edits)]
    if operation.hash and short_hash("".join(texts)) != operation.hash:
        where = places.shown(places.nodes[base_side(operation.key)])
        yield f"{where} to have the texts it joins", f"they read {''.join(texts)[:80]!r}"


def _edited(key: Key, places: Places, edits: Mapping[str, Replace]) -> str:
    """Return the text that a key names as the set leaves it; unedited where its edits miss."""
    name = base_side(key)
    node = places.find(name)
    text = "" if node is None else places.provision(node).text
    try:
        return edited_text(text, edits[name].edits) if name in edits else text
    except ValueError:
        return text


def _shown(named: tuple[str, str | None, str | None]) -> str:
    return ", ".join(repr(part) for part in named if part) or "without number and heading"
