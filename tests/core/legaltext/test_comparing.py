"""What a comparison says: every difference once, and nothing of what stayed."""

import json
from collections.abc import Iterable

import msgspec
from hypothesis import given, settings

from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import Comparison, Entry, compare, compared
from engross.core.legaltext.moves import moves
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import (
    NOT_USED,
    Code,
    Document,
    Inline,
    Provision,
    Table,
)
from tests.support.legal_texts import pairs

DUTY = "Each User shall keep a record of every Device that it has installed for two years."
RIGHT = "The Authority may direct the Code Administrator to review the register of all Parties."
COST = "The costs of a review shall be borne by the Party that asked for the review in writing."


def code(*provisions: Provision, name: str = "Section D", title: str = "Title") -> Code:
    return Code((Document(name, title, provisions=provisions),))


def part(number: str, text: str = "", *children: Provision, **more: object) -> Provision:
    return Provision(number=number, text=text, children=children, **more)  # type: ignore[arg-type]


def told(comparison: Comparison) -> list[tuple[str, str | None, str | None]]:
    return [(" ".join(one.kinds), one.old, one.new) for one in comparison.entries]


def old_of(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(text for sign, text in tokens if sign in "=-")


def new_of(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(text for sign, text in tokens if sign in "=+")


@settings(max_examples=80)
@given(pairs(8))
def test_tokens_give_back_the_texts_at_their_addresses(pair: tuple[Code, Code]) -> None:
    aligned = align(*pair)
    old, new = _texts(aligned.old), _texts(aligned.new)
    for entry in compared(aligned).entries:
        if entry.document and entry.tokens and not entry.parts:
            was = entry.old_document or entry.document
            assert entry.old is None or old_of(entry.tokens) in old[was, entry.old]
            assert entry.new is None or new_of(entry.tokens) in new[entry.document, entry.new]


def _texts(places: Places) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for address, document, part in zip(
        places.addresses, places.documents, places.provisions, strict=True
    ):
        found.setdefault((document.document, address), []).append(part.text if part else "")
    return found


@settings(max_examples=60)
@given(pairs(8))
def test_the_way_back_tells_the_same(pair: tuple[Code, Code]) -> None:
    forth, back = compare(*pair).summary, compare(*reversed(pair)).summary
    assert forth.tokens.inserted == back.tokens.deleted
    assert forth.tokens.deleted == back.tokens.inserted
    for kind, other in (("inserted", "deleted"), ("split", "joined"), ("changed", "changed")):
        assert forth.kinds[kind] == back.kinds[other]  # type: ignore[index]


@settings(max_examples=80)
@given(pairs(8))
def test_every_difference_is_told_once_and_nothing_else(pair: tuple[Code, Code]) -> None:
    """The slow obvious check: go through all nodes and say whether each needs an entry."""
    aligned = align(*pair)
    old, new = aligned.old, aligned.new
    away = set(moves(aligned))
    parts = {one for group in aligned.splits.values() for one in group[1:]}
    gone = {one for group in aligned.joins.values() for one in group[1:]}
    inserted = [n for n, was in enumerate(aligned.old_of) if was == NONE and n not in parts]
    deleted = [n for n, to in enumerate(aligned.new_of) if to == NONE and n not in gone]
    differing = [
        node
        for node, to in enumerate(aligned.new_of)
        if to != NONE
        and (
            _said(old, node) != _said(new, to)
            or node in away
            or (old.labels[node] != new.labels[to] and old.number(node) != new.number(to))
        )
    ]
    entries = compared(aligned).entries
    assert sum(one.old is None for one in entries) == len(inserted)
    assert sum(one.new is None for one in entries) == len(deleted)
    assert sum(one.old is not None and one.new is not None for one in entries) == len(differing)


def _said(places: Places, node: int) -> object:
    part, document = places.provisions[node], places.documents[node]
    if part is None:
        return document.document, document.title, document.language
    rows = part.table.rows if part.table else ()
    return part.text, part.heading or "", rows, part.inlines or ()


@settings(max_examples=30)
@given(pairs(0))
def test_a_text_differs_in_nothing_from_itself(pair: tuple[Code, Code]) -> None:
    comparison = compare(pair[0], pair[0])
    assert comparison.entries == ()
    assert comparison.summary.provisions.unchanged == comparison.summary.provisions.old


def test_the_json_is_that_of_the_specification() -> None:
    comparison = compare(code(part("D1", DUTY)), code(part("D1", DUTY.replace("two", "three"))))
    assert json.loads(msgspec.json.encode(comparison)) == {
        "entries": [
            {
                "kinds": ["changed"],
                "old": "D1",
                "new": "D1",
                "tokens": [
                    ["=", DUTY.removesuffix("two years.")],
                    ["-", "two"],
                    ["+", "three"],
                    ["=", " years."],
                ],
            }
        ],
        "summary": {
            "kinds": {"inserted": 0, "deleted": 0, "changed": 1, "moved": 0, "renumbered": 0,
                      "split": 0, "joined": 0},
            "provisions": {"old": 1, "new": 1, "unchanged": 0},
            "tokens": {"inserted": 1, "deleted": 1},
        },
    }  # fmt: skip


def test_a_renumbered_section_is_one_entry() -> None:
    def section(number: str) -> Provision:
        return part(number, "", part(f"{number}.1", DUTY), part(f"{number}.2", RIGHT))

    old = code(part("D1", COST), section("D2"))
    new = code(part("D1", COST), section("D4"))
    assert told(compare(old, new)) == [("renumbered", "D2", "D4")]


def test_a_moved_clause_is_one_entry_without_a_renumbering() -> None:
    clause = part("D1(a)", DUTY, part("D1(a)(i)", RIGHT))
    moved = part("D2(c)", DUTY, part("D2(c)(i)", RIGHT))
    old = code(part("D1", "First list:", clause), part("D2", "Second list:", part("D2(b)", COST)))
    new = code(part("D1", "First list:"), part("D2", "Second list:", part("D2(b)", COST), moved))
    comparison = compare(old, new)
    assert told(comparison) == [("moved", "D1(a)", "D2(c)")]
    assert comparison.entries[0].tokens == ()


def test_what_becomes_not_used_is_deleted_and_back_again_inserted() -> None:
    full, empty = code(part("D1", DUTY)), code(part("D1", NOT_USED))
    assert told(compare(full, empty)) == [("deleted", "D1", "D1")]
    assert told(compare(empty, full)) == [("inserted", "D1", "D1")]


def test_an_inserted_clause_tells_of_each_provision_under_it() -> None:
    inserted = part("D2", "", part("D2.1", RIGHT), heading="Reviews")
    comparison = compare(code(part("D1", DUTY)), code(part("D1", DUTY), inserted))
    assert told(comparison) == [("inserted", None, "D2"), ("inserted", None, "D2.1")]
    first, second = comparison.entries
    assert first.heading == (("+", "Reviews"),)
    assert second.tokens == (("+", RIGHT),)


def test_what_was_deleted_is_read_where_it_stood() -> None:
    old = code(part("D1", DUTY), part("D2", COST), part("D3", RIGHT))
    new = code(part("D1", DUTY.replace("two", "six")), part("D3", RIGHT.replace("may", "shall")))
    assert [one.old for one in compare(old, new).entries] == ["D1", "D2", "D3"]


def test_a_split_says_where_each_part_begins() -> None:
    old = code(part("D1", f"{DUTY} {RIGHT}"))
    new = code(part("D1", DUTY), part("D2", RIGHT, heading="Reviews"))
    (entry,) = compare(old, new).entries
    assert entry.kinds == ("split",)
    assert entry.parts
    assert [one.address for one in entry.parts] == ["D1", "D2"]
    begin = entry.parts[1].begin
    assert new_of(entry.tokens[:begin]) == DUTY
    assert new_of(entry.tokens[begin:]) == RIGHT
    assert old_of(entry.tokens) == f"{DUTY} {RIGHT}"
    assert entry.parts[1].heading == (("+", "Reviews"),)
    (back,) = compare(new, old).entries
    assert back.kinds == ("joined",)
    assert new_of(back.tokens) == f"{DUTY} {RIGHT}"
    assert json.loads(msgspec.json.encode(back))["parts"][1]["from"] == 1


def test_a_table_is_told_by_row_and_cell() -> None:
    rows = (("Item", "Period"), ("1", "two Working Days"), ("2", "ten Working Days"))
    edited = (("Item", "Period"), ("1", "six Working Days"), ("1A", "one month in any year"),
              ("2", "ten Working Days"))  # fmt: skip
    (entry,) = compare(
        code(part("D1", DUTY, table=Table(rows))), code(part("D1", DUTY, table=Table(edited)))
    ).entries
    assert entry.table
    assert [(row.kind, row.old, row.new) for row in entry.table.rows] == [
        ("changed", 1, 1),
        ("inserted", None, 2),
    ]
    (cell,) = entry.table.rows[0].cells
    assert (cell.old, cell.new) == (1, 1)
    assert cell.tokens == (("-", "two"), ("+", "six"), ("=", " Working Days"))


def test_a_column_more_is_told_in_each_row() -> None:
    old, new = Table((("a", "b"), ("c", "d"))), Table((("a", "x", "b"), ("c", "y", "d")))
    (entry,) = compare(code(part("D1", DUTY, table=old)), code(part("D1", DUTY, table=new))).entries
    assert entry.table
    cells = [(cell.old, cell.new, cell.tokens) for row in entry.table.rows for cell in row.cells]
    assert cells == [(None, 1, (("+", "x"),)), (None, 1, (("+", "y"),))]


def test_marks_alone_are_a_change_without_tokens() -> None:
    strong = (Inline("strong", 0, 4),)
    (entry,) = compare(code(part("D1", DUTY)), code(part("D1", DUTY, inlines=strong))).entries
    assert (entry.kinds, entry.tokens, entry.inlines) == (("changed",), (), ((), strong))


def test_documents_have_entries_of_their_own() -> None:
    old = Code((Document("Section J", "Charges", provisions=(part("J1", DUTY),)),
                Document("Section K", "Methods", provisions=(part("K1", RIGHT),))))  # fmt: skip
    new = Code((Document("Section J", "Charges and Costs", provisions=(part("J1", DUTY),)),
                Document("Section L", "Methods", provisions=(part("L1", RIGHT),)),
                Document("Section M", "General", provisions=(part("M1", COST),))))  # fmt: skip
    assert [_where(one) for one in compare(old, new).entries] == [
        ("changed", "", "", "Section J", None),
        ("renumbered", "", "", "Section L", "Section K"),
        ("inserted", None, "", "Section M", None),
        ("inserted", None, "M1", "Section M", None),
    ]


def _where(entry: Entry) -> tuple[str, str | None, str | None, str | None, str | None]:
    kinds = " ".join(entry.kinds)
    return kinds, entry.old, entry.new, entry.document or None, entry.old_document or None
