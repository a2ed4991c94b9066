"""A few records and a little text to search in."""

from datetime import timedelta

import pytest

from engross.apps.search.commands import catch_up
from engross.apps.search.queries.vocabulary import words_at
from tests import factories
from tests.support.opensearch_fake import fake_opensearch
from tests.support.stored_texts import FIRST_DAY, clause, section, store


@pytest.fixture
def opensearch(settings):
    """Let an index of a fake OpenSearch answer; gives the fake."""
    with fake_opensearch() as (fake, url):
        settings.SEARCH_URL = url
        yield fake


# What answers in the place of the database says the same beside any.
@pytest.fixture(params=["database", pytest.param("opensearch", marks=pytest.mark.once)])
def engine(request):
    """Ask the test of each engine that can answer: the database of the run, and OpenSearch."""
    return request.param == "opensearch" and request.getfixturevalue("opensearch")


@pytest.fixture
def records(db):
    """Keep a text in two versions, a proposal, a Party, a meeting with papers of each class."""
    words_at.cache_clear()
    point = clause("D2", 'In this Section: "Metering Point" means a point at which energy is read.')
    duty = clause("D1(a)", "Each Small Supplier shall publish its metering data.")
    store(section("D", clause("D1", "The Code Manager acts.", duty, heading="Charges"), point))
    store(section("E", clause("E1", "Nobody meets.")))
    later = clause("E1", "The Parties meet each month.")
    store(section("E", later), on=FIRST_DAY + timedelta(days=200), days=1)
    factories.proposal(
        "MP078", title="Metering of small sites", raised_on="2021-09-10",
        moves=[("refine", "2021-09-12")], summary="About data that suppliers publish.",
        proposer_category="large-suppliers",
    )  # fmt: skip
    factories.party("P1", category="small-suppliers", name="Example Energy Limited")
    factories.record("code-versions", [{"version": "46.0", "effective_on": "2021-09-22"}])
    factories.record(
        "meetings",
        [{"meeting": "SECP_97", "body": "panel", "number": "97", "title": "Panel Meeting 97",
          "held_on": "2021-10-15"}],
    )  # fmt: skip
    for number, each in enumerate(("white", "green", "amber", "red"), start=17):
        factories.record(
            "papers",
            [{"reference": f"SECP_97_1510_{number}", "meeting": "SECP_97", "paper_class": each,
              "title": f"Metering budget, zebra{each}"}],
        )  # fmt: skip
    assert catch_up() == frozenset()
