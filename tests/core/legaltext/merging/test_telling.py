"""Conflicts as a person reads them."""

from engross.core.legaltext.merging import merge, told
from engross.core.legaltext.merging.telling import KINDS, marked_text
from tests.core.legaltext.merging.drafting import BASE, delete, edit, insert, merged, named
from tests.core.legaltext.merging.test_kinds import CONFLICTS


def test_a_conflict_says_where_what_the_base_says_and_what_each_side_wants():
    found = merge(
        BASE,
        [
            named("MP1", edit("D7.4", ("late", "missing"))),
            named("MP2", edit("D7.4", ("late", "lost"))),
            named("MP3", edit("D7.4", ("late", "lost"))),
        ],
    )
    (conflict,) = found.conflicts

    assert told(conflict) == [
        f"Section D7.4: different words for one place ({conflict.id})",
        "  the base: A late report is named.",
        "  1. MP1",
        "     changes its text: A [-late-]{+missing+} report is named.",
        "  2. MP2 and MP3",
        "     changes its text: A [-late-]{+lost+} report is named.",
    ]


def test_what_happens_elsewhere_in_a_deletion_says_where():
    found = merge(BASE, [named("MP1", delete("D8")), named("MP2", edit("D8.1", ("Each", "No")))])

    assert told(found.conflicts[0])[1:] == [
        "  the base: ",
        "  1. MP1",
        "     deletes it",
        "  2. MP2",
        "     Section D8.1: changes its text: [-Each-]{+No+} Party has a vote.",
    ]


def test_what_is_added_is_shown():
    found = merge(
        BASE,
        [
            named("MP1", insert("D7", "D7.4", "D7.5", "One.")),
            named("MP2", insert("D7", "D7.4", "D7.5", "Two.")),
        ],
    )

    assert "     D7.5 Two." in told(found.conflicts[0])


def test_every_kind_of_conflict_can_be_told():
    seen = set()
    for sets, _ in CONFLICTS.values():
        for conflict in merged(*sets).conflicts:
            seen.add(conflict.kind)
            assert len(told(conflict)) > len(conflict.sides)

    assert seen == set(KINDS) - {"base"}


def test_long_runs_between_changes_are_shortened():
    long = "word " * 40
    tokens = (("=", long), ("-", "a"), ("+", "b"), ("=", long), ("-", "c"), ("=", long))

    assert len(marked_text(tokens)) < 200
    assert marked_text(tokens).startswith("…")
