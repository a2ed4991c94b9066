"""Each kind of open proposal that a demonstration holds has every page that a proposal has."""

import pytest
from django.urls import reverse

from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import open_stages

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGES = ("proposals:proposal", "timetables:timetable", "timetables:forecast")


@pytest.mark.parametrize("demonstration", ["sec", "example"], indirect=True)
def test_every_page_of_an_open_proposal_answers(demonstration, client):
    rows = Proposal.objects.filter(stage__in=open_stages()).order_by("key")
    kinds = {each.stage: each for each in rows}
    assert len(kinds) > 1
    answers = {
        address: client.get(address).status_code
        for each in kinds.values()
        for address in (reverse(page, args=[each.label]) for page in PAGES)
    }
    assert set(answers.values()) == {200}, answers
