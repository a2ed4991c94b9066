"""The rule about classes, said twice: as a filter of the database, and of rows at hand."""

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engross.apps.accounts.models import User
from engross.apps.files.commands import name_reader, take_off_reader
from engross.apps.files.models import NamedReader
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import Asked, may_read_rows, readable_rows, rows_of
from engross.apps.registers.registers import all_registers, register_named
from engross.core.access import ANYONE, SYSTEM, Reach, Reader
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2021, 10, 1, 9, tzinfo=UTC)
CLASSES = ("white", "green", "amber", "red")
MARKED = [each.name for each in all_registers() if each.marked_by]


@pytest.fixture
def people():
    """Rows of every class and circle in each register that is marked, and who is named for some."""
    for key in ("P1", "P2"):
        factories.party(key, category="large-suppliers")
        factories.market_entry(key, "uep", "2021-09-01", role="import-supplier")
        factories.market_entry(key, "srept", "2021-09-02")
    for number, body in enumerate(("ssc", "panel", "tabasc")):
        factories.record("meetings", [{"meeting": f"M_{number}", "body": body, "title": "M",
                                       "held_on": "2021-09-22"}])  # fmt: skip
        factories.record("papers", [
            {"reference": f"SSC_{number}1_2209_0{place}", "meeting": f"M_{number}",
             "title": "A paper", "paper_class": each}
            for place, each in enumerate(CLASSES, start=1)
        ])  # fmt: skip
        factories.record("agenda-items", [
            {"meeting": f"M_{number}", "position": place, "title": "An item", "paper_class": each}
            for place, each in enumerate(CLASSES, start=1)
        ])  # fmt: skip
    _substance_of_every_class()
    # A meeting that was withdrawn is no body's any more.
    factories.withdraw("meetings", meeting__key="M_2", at=AT)
    factories.record("highlights", [
        {"paper": paper, "month": "2021-09", "section": "party-engagement", "text": "Said",
         "position": str(place), "paper_class": each}
        for paper in ("operations-report", "another")
        for place, each in enumerate(CLASSES, start=1)
    ])  # fmt: skip
    people = [User.objects.create_user(f"{name}@example.org", None) for name in ("one", "two")]
    for name in MARKED:
        model = register_named(name).model
        for person, row in zip(people, model.objects.order_by("-pk"), strict=False):
            name_reader(register=name, entry=row.entry, person=person, by=None, at=AT)
    # A class that the code does not have any more reaches the persons named only.
    highlight = register_named("highlights").model.objects.order_by("-pk").first()
    type(highlight).objects.filter(pk=highlight.pk).update(paper_class="ultraviolet")
    return [person.pk for person in people]


def _substance_of_every_class():
    """Record what a proposal would do, cost, serve and be written of, in every class."""
    factories.proposal("MP078")
    told = {"stated_on": "2021-09-01", "described_on": "2021-09-01", "solution": "Said",
            "kind": "central", "what": "Said", "low_pounds": "1", "source": "Said",
            "view": "proposer", "objective": "objective-a", "effect": "better"}  # fmt: skip
    for name in ("proposal-solutions", "proposal-costs", "proposal-objectives"):
        columns = {column.name for column in register_named(name).columns}
        factories.record(name, [
            {"proposal": "MP078", "alternative": each[0].upper(), "paper_class": each,
             **{key: value for key, value in told.items() if key in columns}}
            for each in CLASSES
        ])  # fmt: skip
    factories.record("proposal-documents", [
        {"proposal": "MP078", "kind": "business-requirements", "title": each,
         "written_on": "2021-09-01", "paper_class": each}
        for each in CLASSES
    ])  # fmt: skip


def some(*choices):
    return st.frozensets(st.sampled_from(choices))


READERS = st.builds(
    Reader,
    is_staff=st.booleans(),
    has_second_factor=st.booleans(),
    is_authority=st.booleans(),
    parties=some("P1", "P2", "P9"),
    bodies=some("ssc", "panel", "tabasc"),
    reaches=st.just(frozenset(Reach)) | some(*Reach).map(lambda each: each | {Reach.ANYONE}),
)


@pytest.mark.parametrize("name", MARKED)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reader=READERS, place=st.sampled_from([None, 0, 1]))
def test_the_database_and_the_rule_let_the_same_rows_be_read(name, people, reader, place):
    reader = Reader(**{**vars(reader), "person": None if place is None else people[place]})
    register = register_named(name)
    rows: list[RecordedRow] = list(register.model.objects.select_related().order_by("pk"))
    allowed = may_read_rows(register, rows, reader)
    by_rule = {row.pk for row, is_allowed in zip(rows, allowed, strict=True) if is_allowed}
    found = register.model.objects.filter(readable_rows(register, reader))
    assert set(found.values_list("pk", flat=True)) == by_rule


@pytest.mark.parametrize("name", MARKED)
def test_everybody_reads_what_is_white_and_staff_read_all(name, people):
    register = register_named(name)
    everything = rows_of(register, Asked(reader=SYSTEM)).count()
    public = rows_of(register, Asked(reader=ANYONE)).count()
    assert 0 < public < everything == register.model.objects.known_at(None).count()


def test_somebody_is_named_once_and_taken_off(people):
    entry, person = uuid.uuid4(), User.objects.get(pk=people[0])
    reader = Reader(person=person.pk)
    row = register_named("papers").model.objects.get(reference="SSC_11_2209_04")
    for _ in range(2):
        name_reader(register="papers", entry=row.entry, person=person, by=None, at=AT)
    assert NamedReader.objects.filter(entry=row.entry).count() == 1
    assert row in rows_of(register_named("papers"), Asked(reader=reader))
    take_off_reader(register="papers", entry=row.entry, person=person, by=None, at=AT)
    take_off_reader(register="papers", entry=entry, person=person, by=None, at=AT)
    assert row not in rows_of(register_named("papers"), Asked(reader=reader))
