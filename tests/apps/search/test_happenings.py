"""Consultations, answers, votes and problems are found by who may read them, and by nobody else."""

import uuid
from datetime import timedelta

import pytest

from engross.apps.consultations import commands as consulting_commands
from engross.apps.files.models import ReadLog
from engross.apps.operations.commands.personal.traces import redact_records
from engross.apps.parties.models import Party
from engross.apps.proposals.commands.statements import Described, describe_problem, end_problem
from engross.apps.proposals.models import ProblemStatement
from engross.apps.search.commands import log_hits_read, rebuild
from engross.apps.search.models import SearchEntry
from engross.apps.votes.commands import count_vote
from engross.core.access import Reader
from engross.core.consultations.questions import Given
from tests import factories
from tests.apps.votes import boards
from tests.support import consulting
from tests.support.people import member, person
from tests.support.searching import jump, kinds, search, titles

pytestmark = pytest.mark.django_db
STAFF = Reader(person=1, is_staff=True, has_second_factor=True)
OVER = consulting.CLOSES_AT + timedelta(minutes=1)


@pytest.mark.usefixtures("engine")
def test_answers_are_found_once_published_each_part_within_its_class(secretary):
    factories.party("P1", category="large-suppliers", name="Example Energy Limited")
    consulting.drafted(secretary, title="Nobody finds this draft")
    row = consulting.opened(secretary, title="Brighter lamps")
    assert titles("brighter") == [str(row)]
    assert titles("draft") == []
    assert jump(row.reference).href == f"/consultations/{row.reference}/"
    own = person("Ada")
    member(own, "P1")
    party = consulting_commands.response_for_party(
        row, Party.objects.get(key="P1"), at=consulting.OPENED_AT
    )
    consulting.answer(party, by=own, answers={
        consulting.APPROVE: Given("Yes", "zebrawhite"),
        consulting.WORDS: Given("", "zebraamber", is_confidential=True),
    })  # fmt: skip
    consulting.answer(consulting.begun(row, "Zoe"), {consulting.APPROVE: Given("No", "zebranamed")},
                      is_anonymous=True)  # fmt: skip
    consulting_commands.close_due_consultations(at=OVER)
    assert titles("zebrawhite") == []
    consulting_commands.write_outcome(
        row, {1: ("zebrasaid", "We agreed")}, conclusion="zebracame", by=secretary, at=OVER
    )
    assert titles("zebrasaid") == titles("zebracame") == [str(row)]
    consulting_commands.publish_responses(row, by=secretary, at=OVER)
    assert titles("zebrawhite") == ["CON002: answer of Example Energy Limited"]
    assert titles("zebranamed") == ["CON002: an answer"]
    assert titles("zoe", reader=STAFF) == []
    party_reader = Reader(person=own.pk, parties=frozenset({"P1"}))
    other = Reader(person=99, parties=frozenset({"P2"}))
    found = [bool(titles("zebraamber", reader=each)) for each in (Reader(), other, party_reader)]
    assert found == [False, False, True]
    assert kinds("kind:answers lamps", reader=STAFF)["answer"] == 3


def test_votes_and_problems_are_found_within_their_class_and_that_is_written_down(secretary):
    boards.seats_held()
    vote = boards.vote_on(secretary, paper_class="amber", title="Zebra vote")
    count_vote(vote, by=secretary, at=boards.AFTER)
    boards.vote_on(secretary, key="MP079", title="Zebra open vote")
    inside = Reader(person=person("Insider").pk, bodies=frozenset({"change-board"}))
    assert titles("zebra") == ["Zebra open vote"]
    hits = search("zebra kind:vote", reader=inside).hits
    assert len(hits) == 2
    log_hits_read(hits, reader=inside, at=boards.AFTER)
    assert ReadLog.objects.get(kind="search").title == "Zebra vote"
    told = Described("Zebra problem", "It is striped", (), "P", "large-suppliers", uuid.uuid4())
    problem = describe_problem(told, by=secretary, on=boards.AFTER.date(), at=boards.AFTER)
    own = Reader(person=secretary.pk)
    assert titles("striped") == titles("striped", reader=inside) == []
    assert titles("striped", reader=own) == ["Zebra problem"]
    before = sorted(SearchEntry.objects.values_list("source", "key", "title", "body", "reach"))
    rebuild()
    after = SearchEntry.objects.values_list("source", "key", "title", "body", "reach")
    assert sorted(after) == before
    secretary.name = "Zora Example"
    secretary.save()
    ProblemStatement.objects.update(problem="It is striped, says Zora Example")
    rebuild()
    assert titles("zora", reader=own) == ["Zebra problem"]
    redact_records(secretary, boards.AFTER)
    assert titles("zora", reader=own) == []
    assert titles("striped", reader=own) == ["Zebra problem"]
    end_problem(problem, by=secretary, on=boards.AFTER.date(), at=boards.AFTER)
    assert titles("striped", reader=own) == []
