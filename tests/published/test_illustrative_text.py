"""The illustrative texts: as large and as sound as promised, and their amendments fit them.

They are our own drafting in the manner of a code. Nothing here says anything of a code's own text.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from engross.adapters.code_folder import load_code
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.checks import check
from engross.core.legaltext.merging import merge
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import (
    NOT_USED,
    Code,
    Provision,
    body_hash,
    provisions_of,
    text_hash,
)
from engross.core.legaltext.rebasing import rebase
from engross.core.legaltext.references import Status, links_of
from engross.core.legaltext.soundness import reasons_against
from tests.support.illustrative import IllustrativeText

SEC = IllustrativeText("sec")
EXAMPLE = IllustrativeText("example")
TEXTS = [SEC, EXAMPLE]
OPEN = [(text, name) for text in TEXTS for name in text.open_names]
SETS = [(text, each["name"]) for text in TEXTS for each in text.meta["change_set"]]

both = pytest.mark.parametrize("text", TEXTS, ids=["sec", "example"])


def every(cases: list[tuple[IllustrativeText, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "name"), cases, ids=[name for _, name in cases])


def is_definition(provision: Provision) -> bool:
    """Say whether an unnumbered paragraph begins with the expression that it defines."""
    marked = provision.inlines or ()
    return not provision.number and any(each.kind == "strong" and not each.start for each in marked)


def term_of(definition: Provision) -> str:
    """Return what a definition defines."""
    mark = next(each for each in definition.inlines or () if each.kind == "strong")
    return definition.text[mark.start : mark.end]


def definitions_in(code: Code, *, document: str) -> list[Provision]:
    (found,) = [each for each in code.documents if each.document == document]
    return [each for each in provisions_of(found) if is_definition(each)]


def is_pointer(definition: Provision) -> bool:
    return " has the meaning given to that expression in " in definition.text


def texts_that_stand() -> Iterator[tuple[str, Code]]:
    """Yield every version, and every version with one open change set in it."""
    for text in TEXTS:
        yield from text.versions.items()
        for name in text.open_names:
            yield name, text.with_set(name)


# How much there is


def test_the_text_under_the_letters_of_the_sec_is_as_large_as_a_reader_needs():
    first = SEC.versions["1.0"]
    worded = [each for each in provisions_of(first) if each.text]
    numbered = [each for each in worded if each.number and each.text != NOT_USED]
    names = [each.document for each in first.documents]

    assert [name for name in names if name.startswith("Section ")] == [
        f"Section {letter}" for letter in "ABCDEFGHIJKLMN"
    ]
    assert len(names) == 18
    assert len(worded) >= 1_000
    assert len(numbered) >= 800


def test_the_sec_text_defines_its_expressions_in_full_by_pointer_and_by_limbs():
    definitions = definitions_in(SEC.versions["1.0"], document="Section A")
    local = [
        each
        for document in SEC.versions["1.0"].documents
        if document.document.startswith("Appendix ")
        for each in definitions_in(SEC.versions["1.0"], document=document.document)
    ]

    assert len(definitions) >= 190
    assert sum(map(is_pointer, definitions)) >= 90
    assert sum(1 for each in definitions if each.children) >= 5
    assert len(local) >= 12


def test_the_sec_text_has_tables():
    tables = [each for each in provisions_of(SEC.newest) if each.table]

    assert len(tables) >= 20
    assert all(len(each.table.rows) >= 3 for each in tables if each.table)


def test_the_sec_text_has_ten_versions_and_twelve_open_change_sets():
    assert len(SEC.versions) == 10
    assert len(SEC.open_names) == 12
    assert len({text_hash(code) for code in SEC.versions.values()}) == 10


def test_the_example_has_a_small_text_of_its_own():
    first = EXAMPLE.versions["1.0"]

    assert len(first.documents) == 3
    assert sum(1 for each in provisions_of(first) if each.text and each.number) >= 40
    assert len(EXAMPLE.versions) == 3
    assert len(EXAMPLE.open_names) == 3


# What is said of it


@both
def test_whoever_shows_the_text_is_given_a_sentence_that_says_what_it_is(text: IllustrativeText):
    assert text.meta["statement"].startswith("This text is illustrative")
    assert "legal force" in text.meta["statement"]


def test_the_statement_says_that_it_is_not_the_text_of_the_smart_energy_code():
    assert "not the text of the Smart Energy Code" in SEC.meta["statement"]


# Its days


@both
def test_every_version_is_published_before_it_binds_on_working_days(text: IllustrativeText):
    place = load_code("sec" if text is SEC else "example").calendar
    calendar = WorkingDayCalendar(place.country, place.nation)

    for version in text.meta["version"]:
        published, effective = version["published_on"], version["effective_on"]
        assert published < effective, version["number"]
        assert calendar.is_working_day(published), version["number"]
        assert calendar.is_working_day(effective), version["number"]


@both
def test_versions_come_one_after_another(text: IllustrativeText):
    days = [each["effective_on"] for each in text.meta["version"]]

    assert all(before < after for before, after in pairwise(days))


def test_the_sec_versions_span_three_years_around_the_demonstration():
    days = [each["effective_on"] for each in SEC.meta["version"]]
    newest = SEC.meta["version"][-1]

    assert (days[-1] - days[0]).days >= 3 * 365
    assert newest["published_on"] <= date(2021, 9, 30) < newest["effective_on"]


# Whether it is sound law


@both
def test_the_files_are_read_without_a_remark(text: IllustrativeText):
    assert text.remarks == []


def test_the_engine_finds_no_slip_in_any_text():
    for name, code in texts_that_stand():
        assert reasons_against(code) == [], name
        assert [str(each) for each in check(code)] == [], name


def test_there_are_references_to_follow_and_all_of_them_give_the_right_heading():
    for name, code in SEC.versions.items():
        links = links_of(Places(code))
        assert len(links) >= 230, name
        assert {each.status for each in links} == {Status.RESOLVED}, name
        assert sum(1 for each in links if each.reference.heading) >= 150, name
        assert sum(1 for each in links if each.reference.is_range) >= 5, name


def test_the_clause_that_a_pointer_names_marks_the_expression():
    for name, code in texts_that_stand():
        places = Places(code)
        pointers = {
            link.node: link.targets
            for link in links_of(places)
            if is_pointer(places.provisions[link.node])
        }
        for node, (target, *_) in pointers.items():
            term = term_of(places.provisions[node])
            clause = places.provisions[target]
            marked = [clause.text[each.start : each.end] for each in clause.inlines or ()]
            assert term in marked, f"{name}: {term}"


# Its amendments


@every(SETS)
def test_a_change_set_fits_its_base_and_gives_what_it_promises(text: IllustrativeText, name: str):
    change_set = text.change_sets[name]

    assert change_set.change_set == name
    assert change_set.base == text_hash(text.base_of(name))
    assert change_set.result == text_hash(text.with_set(name))


@both
def test_a_version_is_made_by_sets_that_were_drafted_on_the_one_before(text: IllustrativeText):
    for before, version in pairwise(text.meta["version"]):
        assert 1 <= len(version["change_sets"]) <= 4
        for name in version["change_sets"]:
            assert text.change_sets[name].base_version == before["number"]


@both
def test_the_sets_of_a_version_do_not_disturb_each_other(text: IllustrativeText):
    for before, version in pairwise(text.meta["version"]):
        sets = [text.change_sets[name] for name in version["change_sets"]]
        merged = merge(text.versions[before["number"]], sets)
        assert merged.complete, version["number"]
        assert merged.hash == text_hash(text.versions[version["number"]]), version["number"]


@both
def test_the_list_and_the_change_sets_agree(text: IllustrativeText):
    for each in text.meta["change_set"]:
        change_set = text.change_sets[each["name"]]
        assert (change_set.title, change_set.base_version) == (each["title"], each["base"])
    files = {path.stem for path in (text.folder / "changes").glob("*.json")}
    assert files == {each["name"] for each in text.meta["change_set"]}


def test_the_amendments_show_every_kind_of_change():
    kinds = {
        type(operation).__name__
        for change_set in SEC.change_sets.values()
        for operation in change_set.operations
    }

    assert kinds >= {"Insert", "Move", "Renumber", "Replace", "EditTable", "Split", "Join"}


def test_clauses_were_inserted_removed_moved_and_renumbered_over_the_years():
    first, last = (
        {each.number: each for each in provisions_of(SEC.versions[number])}
        for number in ("1.0", "3.2")
    )

    assert "F2.10A" not in first
    assert "F2.10A" in last
    assert first["J4.4"].text != NOT_USED == last["J4.4"].text
    assert body_hash(first["M9.1"]) != body_hash(last["M9.1"])
    assert first["M9.2"].text == last["M10.2"].text


def test_open_change_sets_bear_names_of_proposals_only_where_the_list_says_so():
    for each in SEC.meta["change_set"]:
        proposal = each.get("proposal", "")
        assert bool(proposal) == bool(re.match(r"(mp|dp)\d", each["name"])), each["name"]
        assert each["name"].startswith(proposal.lower()), each["name"]


@every(OPEN)
def test_an_open_change_set_is_drafted_on_the_newest_version_but_for_one(
    text: IllustrativeText, name: str
):
    newest = text.meta["version"][-1]["number"]
    old = text.meta.get("planted", {}).get("on_an_old_version", "")

    assert (text.change_sets[name].base_version == newest) == (name != old)


# What the open change sets do to each other


def test_a_merge_of_the_open_change_sets_finds_what_was_planted_and_no_more():
    planted = SEC.meta["planted"]
    merged = merge(SEC.newest, [SEC.change_sets[name] for name in SEC.open_names])
    found = {
        kind: [
            (each.address, list(each.change_sets)) for each in merged.outcomes if each.kind == kind
        ]
        for kind in ("conflict", "agreed", "combined")
    }
    combined = [(each["at"], sorted(each["change_sets"])) for each in planted["combined"]]

    assert found["conflict"] == [(planted["conflict_at"], sorted(planted["conflict"]))]
    assert [sets for _, sets in found["agreed"]] == [sorted(planted["agree"])]
    assert found["combined"] == sorted(combined)


def test_the_set_on_an_old_version_is_carried_over_to_the_newest_one_whole():
    name = SEC.meta["planted"]["on_an_old_version"]
    aligned = align(SEC.base_of(name), SEC.newest)
    rebased = rebase(SEC.change_sets[name], aligned, base_version="3.2")
    changed = {each.number: each.text for each in provisions_of(SEC.with_set(name))}
    carried = {
        each.number: each.text for each in provisions_of(apply(SEC.newest, rebased.change_set).code)
    }

    assert rebased.complete
    assert rebased.change_set.base_version == "3.2"
    assert (carried["J3.2"], carried["J3.11"]) == (changed["J3.2"], changed["J3.11"])


def test_what_one_set_inserts_stands_behind_what_another_renumbers():
    planted = SEC.meta["planted"]
    names = (planted["renumbers"], planted["inserts_after_renumbered"])
    merged = merge(SEC.newest, [SEC.change_sets[name] for name in names])
    alone = {each.number: each.text for each in provisions_of(SEC.with_set(names[1]))}
    together = {each.number: each.text for each in provisions_of(merged.code)}

    assert merged.complete
    assert alone["N4.4"].startswith("The DCC shall generate an Alert")
    assert together["N5.4"] == alone["N4.4"]


def test_a_reference_follows_what_another_set_renumbers_and_the_merged_text_is_sound():
    planted = SEC.meta["planted"]
    merged = merge(SEC.newest, [SEC.change_sets[name] for name in SEC.open_names])
    follows = [each for each in merged.notes if each.kind == "reference-follows"]

    assert [(each.change_set, each.old, each.new) for each in follows] == [
        (
            planted["refers_to_renumbered"],
            "Section N4.1 (Differences in the Services)",
            "Section N5.1 (Differences in the Services)",
        )
    ]
    assert [str(each) for each in check(merged.code)] == []


def test_the_open_change_sets_of_the_example_do_not_disturb_each_other():
    merged = merge(EXAMPLE.newest, [EXAMPLE.change_sets[name] for name in EXAMPLE.open_names])

    assert merged.complete
    assert {each.kind for each in merged.outcomes} == {"one"}
