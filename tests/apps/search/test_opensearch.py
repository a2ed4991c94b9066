"""What becomes of a search whose index is away, and of an index that holds what is no more."""

import pytest

from engross.apps.search.commands import rebuild
from engross.apps.search.models import SearchEntry
from tests import factories
from tests.support.searching import asking, kinds, titles

pytestmark = pytest.mark.django_db


def test_the_database_answers_while_the_index_is_away(opensearch, records):
    known = kinds("metering")
    opensearch.is_broken = True
    assert kinds("metering") == known


def test_what_the_index_does_not_know_of_yet_is_left_out(opensearch, records):
    opensearch.is_broken = True
    factories.proposal("MP079", title="Metering of a second site")
    assert "proposals" in asking("metering").behind
    assert kinds("metering")["proposal"] == 0
    opensearch.is_broken = False
    assert kinds("metering")["proposal"] == 2


def test_what_only_the_index_still_holds_is_not_shown(opensearch, records):
    assert titles("small sites") != []
    SearchEntry.objects.filter(kind="proposal").update(reach="named")
    assert titles("small sites") == []


def test_a_rebuild_makes_the_index_anew(opensearch, records):
    known = kinds("metering")
    opensearch.indices.clear()
    rebuild()
    assert kinds("metering") == known
