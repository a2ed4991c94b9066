"""A search finds nothing that its reader may not see, and tells nothing of it either."""

from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.apps.files.models import ReadLog
from engross.apps.registers.commands import correct_entry
from engross.apps.registers.queries import readers_for, values_of
from engross.apps.registers.registers import register_named
from engross.apps.search.commands import catch_up, rebuild
from engross.apps.search.models import EntryKey, SearchEntry, SearchWord, SourceState
from engross.apps.search.queries import marking_of, readable_entries
from engross.core.access import Reach, Reader, may_read
from tests import factories
from tests.support.searching import jump, kinds, search, titles

pytestmark = pytest.mark.django_db

PARTY = Reader(person=2, parties=frozenset({"P1"}))
MEMBER = Reader(person=3, bodies=frozenset({"panel"}))
STAFF = Reader(person=1, is_staff=True, has_second_factor=True)
COMMUNITY = frozenset({Reach.ANYONE, Reach.PARTIES})
KEYS = st.sampled_from(["alpha", "Alpha", "beta", ""])
readers = st.builds(
    Reader, person=st.one_of(st.none(), st.integers(1, 3)), is_staff=st.booleans(),
    has_second_factor=st.booleans(), is_authority=st.booleans(),
    parties=st.frozensets(KEYS, max_size=2), bodies=st.frozensets(KEYS, max_size=2),
    reaches=st.one_of(st.just(frozenset(Reach)), st.frozensets(st.sampled_from(Reach))),
)  # fmt: skip
markings = st.tuples(
    st.sampled_from(Reach), st.frozensets(KEYS.filter(bool), max_size=2), KEYS,
    st.frozensets(st.integers(1, 3), max_size=2),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(markings, min_size=1, max_size=6), readers)
def test_the_database_and_the_rule_agree_about_every_entry(marked, reader):
    SearchEntry.objects.all().delete()
    for number, (reach, parties, body, people) in enumerate(marked):
        entry = SearchEntry.objects.create(
            source="test", key=str(number), kind="paper", title="x", href="/", reach=reach.value,
            body_key=body,
        )  # fmt: skip
        for party in parties:
            EntryKey.objects.create(entry=entry, kind="party", key=party)
        for person in people:
            EntryKey.objects.create(entry=entry, kind="person", key=str(person))
    found = set(SearchEntry.objects.filter(readable_entries(reader)).values_list("key", flat=True))
    entries = SearchEntry.objects.prefetch_related("keys").filter(source="test")
    assert found == {
        each.key for each in entries if may_read(reader, marking_of(each, each.keys.all()))
    }


@pytest.mark.usefixtures("engine", "records")
@pytest.mark.parametrize(
    ("reader", "classes"),
    [
        (Reader(), "white"),
        (PARTY, "white green"),
        (MEMBER, "white green amber"),
        (STAFF, "white green amber red"),
        # By a token that lets its program read no more than all Parties do.
        (replace(MEMBER, reaches=COMMUNITY), "white green"),
        (replace(STAFF, reaches=COMMUNITY), "white green"),
    ],
)
def test_hits_counts_and_jumps_keep_to_the_class(reader, classes):
    readable = classes.split()
    found = titles("budget kind:paper", reader=reader)
    assert sorted(title.partition("zebra")[2] for title in found) == sorted(readable)
    assert kinds("budget", reader=reader)["paper"] == len(readable)
    for number, each in enumerate(("white", "green", "amber", "red"), start=17):
        assert (jump(f"SECP_97_1510_{number}", reader=reader) is not None) == (each in readable)
        assert bool(titles(f"zebra{each}", reader=reader)) == (each in readable)


@pytest.mark.usefixtures("records")
def test_no_suggestion_is_made_of_a_word_that_only_some_may_read():
    assert search("zerbawhite").corrected == "zebrawhite"
    for hidden in ("zerbagreen", "zerbaamber", "zerbared"):
        assert search(hidden).corrected == ""
        assert search(hidden, reader=STAFF).corrected == ""
    assert not titles("zebraam*")


def _reclass(to: str, secretary) -> None:
    register = register_named("papers")
    row = register.model.objects.known_at(None).get(reference="SECP_97_1510_17")
    values = values_of(register, row)
    read = readers_for(register)
    cells = {name: read[name](value) for name, value in {**values, "paper_class": to}.items()}
    correct_entry(register, row.entry, cells, by=secretary, at=factories.AT, reason="It was wrong")


@pytest.mark.usefixtures("engine", "records")
def test_what_became_amber_is_gone_at_once_from_hits_counts_words_and_pages(secretary):
    assert titles("zebrawhite") != []
    before = SourceState.objects.get(source="papers").position
    _reclass("amber", secretary)
    assert SourceState.objects.get(source="papers").position == before, "nothing refreshed it yet"
    page = Client().get("/search/?q=zebrawhite&all=1")
    assert "Metering budget" not in page.content.decode()
    assert titles("zebrawhite") == []
    assert search("zerbawhite").corrected == ""
    assert not SearchWord.objects.filter(word="zebrawhite").exists()
    assert titles("zebrawhite", reader=MEMBER) != []


@pytest.mark.usefixtures("records")
def test_what_is_too_much_for_a_request_is_left_out_until_it_is_taken_in(secretary, monkeypatch):
    _reclass("amber", secretary)
    monkeypatch.setattr("engross.apps.search.commands.catching_up.MOST_ROWS", 0)
    assert "papers" in catch_up()
    assert titles("zebrawhite") == []
    assert titles("zebrawhite", reader=STAFF) == []
    assert jump("SECP_97_1510_17") is None
    page = Client().get("/search/?q=zebrawhite&all=1").content.decode()
    assert "being read in" in page
    assert "Metering budget" not in page
    assert titles("kind:proposal") != [], "other sources are not behind"


@pytest.mark.usefixtures("records")
def test_a_move_of_the_meeting_to_another_body_moves_its_papers(secretary):
    assert titles("zebraamber", reader=MEMBER) != []
    factories.record(
        "meetings",
        [{"meeting": "SECP_97", "body": "csc", "number": "97", "title": "Meeting 97",
          "held_on": "2021-10-15"}],
    )  # fmt: skip
    assert titles("zebraamber", reader=MEMBER) == []


@pytest.mark.usefixtures("records")
def test_who_was_shown_what_only_some_may_read_is_written_down(secretary):
    client = Client()
    client.get("/search/?q=budget&all=1")
    assert not ReadLog.objects.exists()
    client.force_login(secretary)
    client.get("/search/?q=budget&all=1")
    read = ReadLog.objects.get()
    assert (read.person, read.kind, read.count) == (secretary, "papers", 2), "Amber and Red"


@pytest.mark.usefixtures("records")
def test_a_rebuild_changes_nothing_that_was_kept_in_step():
    factories.withdraw("papers", reference="SECP_97_1510_18")
    factories.proposal("MP079", title="Another", raised_on="2021-09-12")
    catch_up()
    kept = _all()
    rebuild()
    assert _all() == kept


def _all():
    entries = SearchEntry.objects.order_by("source", "key")
    keys = EntryKey.objects.order_by("entry__source", "entry__key", "kind", "key")
    return (
        list(entries.values_list("source", "key", "title", "body", "href", "reach", "day_from")),
        list(keys.values_list("entry__source", "entry__key", "kind", "key")),
        list(SearchWord.objects.order_by("word").values_list("word", "uses")),
    )
