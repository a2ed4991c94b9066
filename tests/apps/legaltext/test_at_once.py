"""Two who record text of one document at the same moment, on a server that lets them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from engross.apps.legaltext.models import Document, DocumentVersion, Placement
from engross.apps.legaltext.queries import document_as_at
from engross.core.refusals import Refused
from tests.support.stored_texts import FIRST_DAY, clause, section, store, without_ids

# On SQLite the second waits for the first's whole transaction, and the tests' database lives in
# memory, which threads cannot share: there is nothing to see.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]

TEXTS = [section("D", clause("D1", f"Law as {who} has it")) for who in ("one", "the other")]


def _at_once(*days: int) -> list[str]:
    """Store both texts at the same moment; return what each was told, '' where it was stored."""
    start = Barrier(2)

    def record(which: int) -> str:
        try:
            start.wait(timeout=20)
            store(TEXTS[which], days=days[which], reason="Recorded at once")
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(record, range(2)))


def _standing_text() -> object:
    return without_ids(document_as_at("Section D", on=FIRST_DAY))


def test_one_of_two_who_make_a_document_is_told_or_builds_on_the_other() -> None:
    told = _at_once(0, 0)
    assert "" in told
    assert all("Somebody else recorded text" in each for each in told if each)
    assert Document.objects.count() == 1
    assert DocumentVersion.objects.known_at(None).count() == 1
    assert Placement.objects.holding(on=FIRST_DAY).count() == 1
    assert _standing_text() in TEXTS


def test_two_who_change_a_document_do_so_one_after_the_other() -> None:
    store(section("D", clause("D1", "Law as it was")))
    told = _at_once(1, 1)
    assert told == ["", ""]
    assert Placement.objects.holding(on=FIRST_DAY).count() == 1
    assert Placement.objects.count() == 3
    assert _standing_text() in TEXTS
