"""Taking in text: what is kept, what is written, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from engross.apps.audit.models import Event
from engross.apps.legaltext.commands import importing, publish_version
from engross.apps.legaltext.models import (
    CodeVersionDetails,
    Document,
    DocumentVersion,
    Placement,
    Provision,
    ProvisionText,
    Recording,
)
from engross.apps.legaltext.queries import (
    code_as_at,
    code_of_version,
    document_as_at,
    document_names,
    provision_history,
    versions_of,
)
from engross.core.legaltext.provisions import Code, Inline, Table, text_hash
from engross.core.refusals import Refused
from tests import factories
from tests.support.stored_texts import (
    FIRST_DAY,
    NOW,
    PUBLISHED,
    clause,
    ids_by_number,
    section,
    store,
    without_ids,
)

pytestmark = pytest.mark.django_db

LATER = FIRST_DAY + timedelta(days=90)
D = section(
    "D",
    clause("D1", "", clause("D1.1", "Any Party may propose:", clause("D1.1(a)", "a change")),
           heading="Raising"),
    clause("D2", "Working Day means a day.", inlines=(Inline("strong", 0, 11),)),
    clause("D3", "Fees", table=Table((("Fee", "1"), ("Late", "2")))),
)  # fmt: skip


def test_a_document_is_read_back_as_it_was_taken_in() -> None:
    report = store(D)
    found = document_as_at("Section D", on=FIRST_DAY)
    assert without_ids(found) == D
    assert text_hash(Code((found,))) == report.text_hash  # type: ignore[arg-type]
    assert report.total("provisions") == report.total("inserted") == 5
    assert [each.version for each in report.documents] == ["1.0"]


def test_nothing_reads_before_the_first_day_or_under_another_name() -> None:
    store(D)
    assert document_as_at("Section D", on=FIRST_DAY - timedelta(days=1)) is None
    assert document_as_at("Section D", on=FIRST_DAY, known_at=PUBLISHED - timedelta(1)) is None
    assert document_as_at("Section Q", on=FIRST_DAY) is None
    assert code_as_at(on=date(1999, 1, 1)) == Code()


def test_the_same_text_twice_leaves_no_trace() -> None:
    store(D)
    before = _counts()
    report = store(D, on=LATER, days=1)
    assert report.recording is None
    assert (_counts(), Event.objects.count()) == (before, 1)


def test_a_renumbered_clause_is_one_row_whatever_stands_under_it() -> None:
    store(D)
    ids = ids_by_number(code_as_at(on=FIRST_DAY))
    new = section("D", clause("D9", "", clause("D9.1", "Any Party may propose:",
        clause("D9.1(a)", "a change")), heading="Raising"), *D.provisions[1:])  # fmt: skip
    report = store(new, on=LATER, days=1)
    assert (report.total("renumbered"), report.total("changed"), report.total("moved")) == (1, 0, 0)
    # The placement and the document's version: one of each ends, one of each begins.
    assert (report.rows_ended, report.rows_added, report.texts_added) == (2, 2, 0)
    found = ids_by_number(document_as_at("Section D", on=LATER))
    assert found["D9.1(a)"] == ids["D1.1(a)"]
    assert without_ids(document_as_at("Section D", on=LATER)) == new
    assert without_ids(document_as_at("Section D", on=LATER - timedelta(1))) == D


def test_a_document_under_another_letter_is_one_row() -> None:
    store(D)
    ids = ids_by_number(code_as_at(on=FIRST_DAY))
    new = section("E", *(_lettered(each, "E") for each in D.provisions), title=D.title)
    report = store(new, on=LATER, days=1, whole=True)
    assert report.renamed == {"Section E": "Section D"}
    assert (report.rows_ended, report.rows_added) == (1, 1)
    assert without_ids(document_as_at("Section E", on=LATER)) == new
    assert ids_by_number(code_as_at(on=LATER))["E1.1(a)"] == ids["D1.1(a)"]


def _lettered(provision, letter):  # type: ignore[no-untyped-def]
    from msgspec.structs import replace

    children = tuple(_lettered(child, letter) for child in provision.children)
    return replace(provision, number=letter + provision.number[1:], children=children)


def test_an_insertion_between_siblings_touches_no_other() -> None:
    store(D)
    new = section("D", D.provisions[0], clause("D1A", "New law."), *D.provisions[1:])
    report = store(new, on=LATER, days=1)
    assert (report.total("inserted"), report.total("moved"), report.total("changed")) == (1, 0, 0)
    # A provision, its placement and the document's version.
    assert (report.rows_added, report.rows_ended, report.texts_added) == (3, 1, 1)


def test_one_wording_is_one_row_however_often_it_stands() -> None:
    store(section("A", *(clause(f"A{n}", "[Not Used]") for n in range(1, 40))))
    assert ProvisionText.objects.count() == 1
    assert Placement.objects.count() == Provision.objects.count() == 39


def test_an_imported_document_leaves_the_others_as_they_are() -> None:
    store(D, section("E", clause("E1", "Energy")))
    store(section("E", clause("E1", "Electricity")), on=LATER, days=1)
    assert document_names(on=LATER) == ["Section D", "Section E"]
    assert without_ids(document_as_at("Section D", on=LATER)) == D


def test_a_whole_code_ends_what_it_leaves_out_and_it_may_come_back() -> None:
    store(D, section("E", clause("E1", "Energy")))
    ids = ids_by_number(code_as_at(on=FIRST_DAY))
    report = store(D, on=LATER, days=1, whole=True)
    assert report.removed == ("Section E",)
    assert document_as_at("Section E", on=LATER) is None
    back = LATER + timedelta(days=30)
    store(D, section("E", clause("E1", "Energy")), on=back, days=2, whole=True)
    assert ids_by_number(code_as_at(on=back)) == ids
    assert Document.objects.count() == 2


def test_a_document_ends_without_the_others_being_taken_in() -> None:
    store(D, section("E", clause("E1", "Energy")))
    report = store(on=LATER, days=1, ended=("Section E",))
    assert report.removed == ("Section E",)
    assert document_names(on=LATER) == ["Section D"]
    assert document_names(on=LATER - timedelta(1)) == ["Section D", "Section E"]
    with pytest.raises(Refused, match="Section E cannot end on 1 April 2021: it does not stand"):
        store(on=LATER, days=2, ended=("Section E",))


def test_a_new_document_stands_after_the_one_before_it_in_the_file() -> None:
    store(section("A"), section("C"))
    store(section("A"), section("B"), days=1)
    assert document_names(on=FIRST_DAY) == ["Section A", "Section B", "Section C"]


def test_an_empty_document_is_kept() -> None:
    store(section("X"))
    assert document_as_at("Section X", on=FIRST_DAY) == section("X")


def test_a_provision_that_moves_to_another_document_keeps_its_id() -> None:
    store(D, section("E", clause("E1", "Energy of the meters and of the hubs")))
    ids = ids_by_number(code_as_at(on=FIRST_DAY))
    moved = clause("D4", "Energy of the meters and of the hubs", id=ids["E1"])
    store(section("D", *D.provisions, moved), section("E"), on=LATER, days=1, whole=True)
    assert ids_by_number(code_as_at(on=LATER))["D4"] == ids["E1"]
    labels = [(each.document, each.label) for each in provision_history(ids["E1"] or "")]
    assert labels == [("Section E", "1"), ("Section D", "4")]


def test_a_provision_cannot_stand_in_two_documents_at_once() -> None:
    store(D, section("E"))
    ident = ids_by_number(code_as_at(on=FIRST_DAY))["D2"]
    before = _counts()
    with pytest.raises(Refused, match=f"{ident} stands in Section D from 1 January 2021"):
        store(section("E", clause("E1", "Mine", id=ident)), on=LATER, days=1)
    assert _counts() == before


def test_law_that_takes_effect_before_law_already_made_holds_until_then() -> None:
    store(D)
    late = section("D", clause("D1", "Late law"))
    store(late, on=LATER, days=1)
    early = section("D", clause("D1", "Early law"))
    middle = FIRST_DAY + timedelta(days=30)
    report = store(early, on=middle, days=2)
    assert report.documents[0].holds_until == LATER
    assert without_ids(document_as_at("Section D", on=middle)) == early
    assert without_ids(document_as_at("Section D", on=LATER - timedelta(1))) == early
    assert without_ids(document_as_at("Section D", on=LATER)) == late
    known = PUBLISHED + timedelta(days=1)
    assert without_ids(document_as_at("Section D", on=middle, known_at=known)) == D
    assert [each.number for each in versions_of("Section D")] == ["1.0", "1.1", "2.0"]


def test_text_may_take_effect_long_before_it_is_published_and_on_a_leap_day() -> None:
    leap_day = date(2020, 2, 29)
    store(D, on=leap_day)
    assert document_as_at("Section D", on=leap_day) is not None
    assert document_as_at("Section D", on=leap_day - timedelta(1)) is None
    unknown = PUBLISHED - timedelta(seconds=1)
    assert document_as_at("Section D", on=leap_day, known_at=unknown) is None


def test_what_was_known_before_a_later_end_still_reads_without_end() -> None:
    store(D)
    store(section("D"), on=LATER, days=1)
    assert without_ids(document_as_at("Section D", on=LATER, known_at=PUBLISHED)) == D


def test_replacing_a_days_text_needs_a_reason() -> None:
    store(D)
    with pytest.raises(Refused, match="recorded already, and this one says otherwise"):
        store(section("D", clause("D1", "Otherwise")), days=1)
    report = store(section("D", clause("D1", "Otherwise")), days=1, reason="A slip of the pen")
    assert Recording.objects.get(pk=report.recording).kind == "correction"
    assert without_ids(document_as_at("Section D", on=FIRST_DAY, known_at=PUBLISHED)) == D
    assert [each.version for each in report.documents] == ["1.0"]


def test_text_is_recorded_in_the_order_in_which_it_became_known() -> None:
    store(D, days=5)
    with pytest.raises(Refused, match="in the order in which they became known"):
        store(section("D"), on=LATER, days=4)


def test_text_cannot_be_published_after_now() -> None:
    with pytest.raises(Refused, match="which is to come"):
        store(D, published_at=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("half a pair \ud800", "holds a character that is none"),
        ("a \x00 in it", "holds a character that is none"),
    ],
)
def test_what_no_database_takes_is_refused_with_its_place(text: str, match: str) -> None:
    with pytest.raises(Refused, match=f"Section D1 {match}"):
        store(section("D", clause("D1", text)))


def test_a_text_without_documents_and_one_with_a_strange_id_are_refused() -> None:
    with pytest.raises(Refused, match="no document"):
        store()
    with pytest.raises(Refused, match="cannot be a permanent id"):
        store(section("D", clause("D1", "x", id="7; drop")))


def test_a_version_goes_into_the_register_and_its_text_can_be_asked_for() -> None:
    store(D)
    new = section("D", clause("D1", "Otherwise"))
    publish_version("46.0", Code((new,)), effective_on=LATER, by=None, at=NOW,
                    published_at=PUBLISHED + timedelta(1))  # fmt: skip
    row = CodeVersionDetails.objects.known_at(None).get()
    assert (row.version.key, row.effective_on) == ("46.0", LATER)
    store(section("D", clause("D1", "Corrected")), on=LATER, days=2, reason="A slip")
    assert without_ids(code_of_version("46.0")) == Code((new,))
    assert code_of_version("47.0") is None
    assert [each.version for each in versions_of("Section D")] == ["", "46.0"]


def test_a_version_keeps_the_day_that_the_register_has() -> None:
    factories.version("46.0", "2021-09-22")
    with pytest.raises(Refused, match="takes effect on 22 September 2021 by the register"):
        publish_version("46.0", Code((D,)), effective_on=LATER, by=None, at=NOW)
    assert not Placement.objects.exists()


def test_nothing_is_stored_if_it_breaks_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    store(D)
    before = _counts()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "note_recorded", killed)
    with pytest.raises(KeyboardInterrupt):
        store(section("D", clause("D1", "Otherwise")), on=LATER, days=1)
    assert _counts() == before
    assert without_ids(document_as_at("Section D", on=LATER)) == D


def test_two_who_import_one_new_document_do_not_make_it_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store(D)
    from engross.apps.legaltext.commands import standing

    # The second looked before the first had written: it saw no such document.
    monkeypatch.setattr(standing, "_located", lambda names, *, on: {})
    with pytest.raises(Refused, match="Somebody else recorded text of the same documents"):
        store(D, days=1)
    assert DocumentVersion.objects.count() == 1


def test_the_database_refuses_a_second_text_for_a_provision_without_end() -> None:
    store(D)
    row = Placement.objects.order_by("pk").first()
    assert row is not None
    row.pk, row.effective_from = None, LATER
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


@pytest.mark.parametrize("size", [3, 300])
def test_a_document_is_read_with_two_queries_whatever_its_size(size: int) -> None:
    store(section("A", *(clause(f"A{n}", f"Law {n}") for n in range(1, size))))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        document_as_at("Section A", on=FIRST_DAY)
    assert len(queries) == 2


@pytest.mark.parametrize("size", [3, 300])
def test_one_changed_clause_is_stored_with_as_many_queries_whatever_the_size(size: int) -> None:
    clauses = [clause(f"A{n}", f"Law {n}") for n in range(1, size)]
    store(section("A", *clauses))
    with CaptureQueriesContext(connection) as queries:
        store(section("A", *clauses[:-1], clause(f"A{size - 1}", "New law")), on=LATER, days=1)
    assert len(queries) <= 25


def _counts() -> list[int]:
    models = (Document, DocumentVersion, Provision, ProvisionText, Placement, Recording)
    return [model.objects.count() for model in models]
