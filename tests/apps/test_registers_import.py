"""Taking files into registers: all or nothing, the same file twice changes nothing."""

from datetime import date
from threading import Thread

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from engross.apps.accounts.models import User
from engross.apps.audit.queries import events_about
from engross.apps.parties.models import CategorySpell, Party, PartyDetails, PartyEvent
from engross.apps.proposals.models import Proposal, ProposalDetails, StageMove
from engross.apps.registers.commands import (
    correct_entry,
    import_sheets,
    record_entry,
    withdraw_entry,
)
from engross.apps.registers.commands.writing import Changes, Stamp, apply_changes, content_of
from engross.apps.registers.models import ImportRun
from engross.apps.registers.queries import Asked, plain_rows, readers_for, rows_to_export
from engross.apps.registers.registers import register_named
from engross.core.access import SYSTEM
from engross.core.refusals import Refused
from engross.core.registers.sheets import SheetRefused
from tests.support.registers import MOMENT, later, sheet, take

pytestmark = pytest.mark.django_db
PARTY_TITLES = ["party", "legal_name", "held_from", "held_until"]
CATEGORY_TITLES = ["party", "category", "held_from", "held_until"]
EVENT_TITLES = ["party", "event", "happened_on"]


def parties(*names, since="2013-09-23"):
    rows = [[f"P{number:04}", name, since, ""] for number, name in enumerate(names, start=1)]
    return sheet("parties", PARTY_TITLES, *rows)


def names_known_at(moment):
    rows = PartyDetails.objects.known_at(moment).order_by("party__key")
    return list(rows.values_list("legal_name", flat=True))


def read(register, **typed):
    """Return the values of one row as the register's readers read what was typed."""
    readers = readers_for(register_named(register))
    return {name: reader(typed.get(name)) for name, reader in readers.items()}


@pytest.fixture
def secretary():
    return User.objects.create_user("secretary@example.org", None, name="Secretary", is_staff=True)


def test_rows_are_stored_with_who_when_why_and_from_which_file(secretary):
    result = import_sheets([parties("One Ltd")], by=secretary, at=MOMENT, reason="First list")[0]

    row = PartyDetails.objects.get()
    assert (result.added, result.corrected, result.unchanged) == (1, 0, 0)
    assert (row.recorded_at, row.recorded_by, row.reason) == (MOMENT, secretary, "First list")
    assert row.basis == "record"
    assert row.import_run == ImportRun.objects.get(file_name="parties.csv", rows_added=1)
    assert "one ltd" in row.haystack
    event = events_about("parties").get()
    assert (event.action, event.by, event.details["added"]) == ("register.import", secretary, 1)


def test_the_same_file_twice_changes_nothing():
    take(parties("One Ltd", "Two Ltd"))
    result = take(parties("One Ltd", "Two Ltd"), at=later(1))[0]

    assert (result.added, result.corrected, result.unchanged) == (0, 0, 2)
    assert PartyDetails.objects.count() == 2
    assert ImportRun.objects.count() == 1
    assert events_about("parties").count() == 1


def test_a_corrected_row_keeps_its_entry_and_what_was_known_stays_answerable():
    take(parties("One Ltd", "Two Ltd"))
    result = take(parties("One Limited", "Two Ltd"), at=later(10), reason="Misspelt")[0]

    assert (result.corrected, result.unchanged) == (1, 1)
    assert names_known_at(later(9)) == ["One Ltd", "Two Ltd"]
    assert names_known_at(later(10)) == names_known_at(None) == ["One Limited", "Two Ltd"]
    assert names_known_at(later(-1)) == []
    old, new = PartyDetails.objects.filter(party__key="P0001").order_by("recorded_at")
    assert (old.entry, old.superseded_at, new.reason) == (new.entry, later(10), "Misspelt")
    assert Party.objects.get(key="P0001").label == "One Limited"


def test_rows_that_a_file_leaves_out_stay():
    take(parties("One Ltd", "Two Ltd"))
    take(parties("One Ltd"), at=later(1))

    assert names_known_at(None) == ["One Ltd", "Two Ltd"]


def test_one_bad_row_of_ten_thousand_stores_nothing_of_any_file():
    rows = [[f"P{n:05}", f"Party {n}", "2013-09-23", ""] for n in range(10_000)]
    rows[6_999][2] = "soon"
    events = sheet("party-events", EVENT_TITLES, ["P00001", "acceded", "2013-09-23"])

    with pytest.raises(SheetRefused) as caught:
        take(sheet("parties", PARTY_TITLES, *rows), events)

    assert [str(problem) for problem in caught.value.problems] == [
        "parties.csv: row 7001, column held_from: expected a day such as 2021-09-30 or "
        "30/09/2021; found soon"
    ]
    for model in (Party, PartyDetails, PartyEvent, ImportRun):
        assert not model.objects.exists()
    assert not events_about("parties").exists()


def test_every_bad_cell_of_every_file_is_named_also_where_files_refer_to_a_bad_one():
    with pytest.raises(SheetRefused) as caught:
        take(
            sheet("party-events", EVENT_TITLES, ["P0001", "vanished", "2013-09-23"],
                  ["P0009", "acceded", "2013-09-23"]),
            sheet("parties", PARTY_TITLES, ["P0001", "", "2013-09-23", ""]),
            sheet("proposals", ["proposal", "title"], ["MPX", "A title"]),
        )  # fmt: skip

    said = {(p.file, p.row, p.column, p.found) for p in caught.value.problems}
    assert said == {
        ("parties.csv", 2, "legal_name", "nothing"),
        ("party-events.csv", 2, "event", "vanished"),
        ("party-events.csv", 3, "party", "P0009"),
        ("proposals.csv", 2, "proposal", "MPX"),
    }


def test_files_may_come_in_any_order():
    take(
        sheet("party-events", EVENT_TITLES, ["P0001", "acceded", "2013-09-23"]), parties("One Ltd")
    )

    assert PartyEvent.objects.get().party.label == "One Ltd"


def test_the_chain_of_events_is_taken_last_so_that_nobody_who_waits_for_it_is_waited_for():
    with CaptureQueriesContext(connection) as asked:
        event = ["P0001", "acceded", "2013-09-23"]
        take(parties("One Ltd"), sheet("party-events", EVENT_TITLES, event))
    writes = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE"))]
    first = next(place for place, sql in enumerate(writes) if "audit_event" in sql)
    assert len(writes[first:]) == 2
    assert all("audit_event" in sql for sql in writes[first:])


def test_a_reference_to_nobody_is_refused():
    with pytest.raises(SheetRefused, match="something in the register 'parties'"):
        take(sheet("party-events", EVENT_TITLES, ["P0001", "acceded", "2013-09-23"]))


def test_a_proposal_may_be_split_from_one_further_down_its_own_file():
    take(sheet("proposals", ["proposal", "title", "parent"],
               ["MP102B", "A part", "MP102"], ["MP102", "The whole", ""]))  # fmt: skip

    assert ProposalDetails.objects.get(title="A part").parent.label == "MP102"


def test_any_form_of_a_proposals_name_is_the_same_proposal():
    take(sheet("proposals", ["proposal", "title"], ["MP078", "A title"]))
    result = take(sheet("proposals", ["proposal", "title"], ["DP078", "A title"]))[0]

    assert result.unchanged == 1
    assert Proposal.objects.count() == 1


def test_spells_that_overlap_are_refused_and_ones_that_meet_are_not():
    take(parties("One Ltd"))
    take(sheet("party-categories", CATEGORY_TITLES,
               ["P0001", "small-suppliers", "2013-09-23", "2020-01-01"],
               ["P0001", "large-suppliers", "2020-01-01", ""]))  # fmt: skip

    with pytest.raises(Refused, match="One Ltd would have two Party Categories from 2021-01-01"):
        take(sheet("party-categories", CATEGORY_TITLES,
                   ["P0001", "small-suppliers", "2021-01-01", ""]), at=later(1))  # fmt: skip
    assert CategorySpell.objects.count() == 2


def test_a_day_that_ends_before_it_begins_and_a_broken_rule_are_told_together():
    take(parties("One Ltd"))
    with pytest.raises(SheetRefused) as caught:
        take(
            sheet("party-categories", CATEGORY_TITLES,
                  ["P0001", "small-suppliers", "2013-09-23", ""],
                  ["P0001", "large-suppliers", "2020-01-01", ""]),
            sheet("monthly-series", ["series", "month"], ["website-visits", "2021-09"]),
        )  # fmt: skip

    said = [(problem.file, problem.found) for problem in caught.value.problems]
    assert said == [
        ("monthly-series.csv", "neither a value nor a rank"),
        ("party-categories.csv", "One Ltd would have two Party Categories from 2020-01-01"),
    ]


def test_a_key_that_stands_twice_in_a_file_is_refused():
    with pytest.raises(SheetRefused, match="which already stands in row 2"):
        take(sheet("parties", PARTY_TITLES, *[["P0001", "One Ltd", "2013-09-23", ""]] * 2))


def test_two_files_may_not_say_different_things_of_one_key():
    other = sheet("parties", PARTY_TITLES, ["P0001", "Uno Ltd", "2013-09-23", ""],
                  file_name="more.csv")  # fmt: skip
    with pytest.raises(SheetRefused, match=r"more.csv: row 2.*another content"):
        take(parties("One Ltd"), other)
    assert not Party.objects.exists()
    assert [each.unchanged for each in take(parties("One Ltd"), parties("One Ltd"))] == [0, 1]


def test_an_unknown_register_is_refused_with_the_names_there_are():
    with pytest.raises(Refused, match=r"no register 'partys'.*parties"):
        take(sheet("partys", ["party"], ["P0001"]))


def test_a_dry_run_finds_out_everything_and_stores_nothing():
    result = import_sheets([parties("One Ltd")], by=None, at=MOMENT, dry_run=True)[0]

    assert result.added == 1
    assert not Party.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_number_keeps_its_zeros_and_a_day_may_stay_unknown():
    take(sheet("product-lists", ["product_list", "version", "published_on"],
               ["cpl", "6.20.10", "30/09/2021"], ["cpl", "6.20.1", "2021-09-14"]),
         sheet("proposals", ["proposal", "title"], ["MP078", "A title"]),
         sheet("proposal-stages", ["proposal", "stage", "moved_on"],
               ["MP078", "refine", ""]))  # fmt: skip

    register = register_named("product-lists")
    rows = plain_rows(register, rows_to_export(register, Asked(reader=SYSTEM)))
    assert [row["version"] for row in rows] == ["6.20.1", "6.20.10"]
    assert StageMove.objects.get().moved_on is None
    again = take(sheet("proposal-stages", ["proposal", "stage", "moved_on"],
                       ["MP078", "refine", ""]), at=later(1))[0]  # fmt: skip
    assert (again.added, again.unchanged) == (0, 1)


def test_a_row_recorded_corrected_and_withdrawn_by_hand_leaves_its_whole_history(secretary):
    register = register_named("parties")
    first = read("parties", party="P0001", legal_name="One Ltd", held_from="2013-09-23")
    entry = record_entry(register, first, by=secretary, at=MOMENT)
    second = first | {"legal_name": "One Limited"}
    correct_entry(register, entry, second, by=secretary, at=later(1), reason="Misspelt")
    withdraw_entry(register, entry, by=secretary, at=later(2), reason="Never acceded")

    assert names_known_at(MOMENT) == ["One Ltd"]
    assert names_known_at(later(1)) == ["One Limited"]
    assert names_known_at(later(2)) == names_known_at(None) == []
    actions = [event.action for event in events_about(f"parties/{entry}")]
    assert actions == ["register.withdraw", "register.correct", "register.record"]


def test_a_correction_by_hand_needs_a_reason_and_something_to_change(secretary):
    register = register_named("parties")
    values = read("parties", party="P0001", legal_name="One Ltd", held_from="2013-09-23")
    entry = record_entry(register, values, by=secretary, at=MOMENT)
    other = values | {"legal_name": "One Limited"}

    with pytest.raises(Refused, match="needs a reason"):
        correct_entry(register, entry, other, by=secretary, at=later(1), reason=" ")
    with pytest.raises(Refused, match="needs a reason"):
        withdraw_entry(register, entry, by=secretary, at=later(1), reason="")
    with pytest.raises(Refused, match="Nothing would change"):
        correct_entry(register, entry, values, by=secretary, at=later(1), reason="Why not")
    with pytest.raises(Refused, match="has an entry with this"):
        record_entry(register, values, by=secretary, at=later(1))
    assert names_known_at(None) == ["One Ltd"]


def test_a_row_that_is_withdrawn_can_neither_be_corrected_nor_withdrawn_again(secretary):
    register = register_named("parties")
    values = read("parties", party="P0001", legal_name="One Ltd", held_from="2013-09-23")
    entry = record_entry(register, values, by=secretary, at=MOMENT)
    withdraw_entry(register, entry, by=secretary, at=later(1), reason="Twice")

    with pytest.raises(Refused, match="no longer has this entry"):
        withdraw_entry(register, entry, by=secretary, at=later(2), reason="Twice")


def test_a_change_of_a_row_that_somebody_else_has_changed_meanwhile_is_refused():
    take(parties("One Ltd"))
    stale = PartyDetails.objects.get()
    take(parties("One Limited"), at=later(1))
    register = register_named("parties")
    values = read("parties", party="P0001", legal_name="Uno Ltd", held_from="2013-09-23")
    content = content_of(register, values, {"party": {"P0001": stale.party_id}})

    with pytest.raises(Refused, match="Somebody else changed the register Parties"):
        apply_changes(
            register, Changes(corrected=[(stale.pk, stale.entry, content)]),
            Stamp(at=later(2), by=None),
        )  # fmt: skip
    assert names_known_at(None) == ["One Limited"]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_import_at_once_nobody_stores_half_or_twice():
    stored, refused = [], []

    def one(name):
        rows = [[f"P{n:04}", f"{name} {n}", "2013-09-23", ""] for n in range(300)]
        try:
            take(sheet("parties", PARTY_TITLES, *rows))
            stored.append(name)
        # The test suite's SQLite, which is kept in memory, turns the second away at once.
        except (Refused, OperationalError) as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=one, args=[name]) for name in ("First", "Second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stored
    assert len(stored) + len(refused) == 2
    assert all("Somebody else" in said or "locked" in said for said in refused)
    names = set(PartyDetails.objects.known_at(None).values_list("legal_name", flat=True))
    assert len(names) == 300
    assert len({name.split()[0] for name in names}) == 1


def test_a_register_is_read_as_it_held_on_a_day_and_was_known_at_a_moment():
    take(sheet("parties", PARTY_TITLES, ["P0001", "Old Ltd", "2013-09-23", "2020-01-01"],
               ["P0001", "New Ltd", "2020-01-01", ""]))  # fmt: skip
    take(sheet("parties", PARTY_TITLES, ["P0001", "Newer Ltd", "2020-01-01", ""]), at=later(5))
    register = register_named("parties")

    def names(**asked):
        rows = rows_to_export(register, Asked(**asked))
        return [row["legal_name"] for row in plain_rows(register, rows)]

    assert names(as_at=date(2019, 12, 31)) == ["Old Ltd"]
    assert names(as_at=date(2020, 1, 1)) == ["Newer Ltd"]
    assert names(as_at=date(2020, 1, 1), known_at=later(4)) == ["New Ltd"]
