"""What the demonstrations tell as under way: plainly made up, whole, and told once."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from demo.generate import FOLDER
from engross.apps.audit.queries import faults_of_audit
from engross.apps.consultations.models import Answer, Consultation
from engross.apps.mail.models import Mail
from engross.apps.proposals.models import (
    Decision,
    ProblemStatement,
    Proposal,
    ProposalDetails,
    StageMove,
)
from engross.apps.releases.models import Composition
from engross.apps.timetables.models import Timetable
from engross.apps.timetables.queries.plans import timetables_of
from engross.apps.votes.models import Vote
from engross.cli.stories import tell
from engross.cli.stories.acting import ACTS
from engross.cli.stories.reading import steps_of
from tests.support.demonstration import TAKEN_IN_AT

pytestmark = pytest.mark.once

TOLD_ON = TAKEN_IN_AT.date()
STORIES = sorted(path.parent for path in FOLDER.glob("*/story.toml"))


@pytest.mark.parametrize("folder", STORIES, ids=lambda path: path.name)
def test_what_a_story_tells_is_plainly_made_up_and_known_how_to_do(folder):
    steps = steps_of(folder, code=folder.name)
    assert {step.does for step in steps} <= set(ACTS)
    told = [step.says for step in steps if step.does in ("raise", "problem")]
    assert all(says["title"].startswith("Fictional ") for says in told)
    assert all(says["proposer"].startswith("Fictional ") for says in told)
    days = [step.day for step in steps]
    assert days == sorted(days)
    assert days[-1] < 0, "what is done lies before the day on which it is told"


def test_under_a_code_manager_nobody_votes():
    told = {step.does for step in steps_of(FOLDER / "sec", code="sec-code-manager")}
    assert not told & {"vote", "ballots", "count"}
    assert "compose" in told


def made_up() -> dict[str, str]:
    """Return the stage of each proposal that the story raised, by what it is about."""
    rows = ProposalDetails.objects.known_at(None).filter(raised_on__gt=date(2021, 10, 1),
                                                         basis="fictional")  # fmt: skip
    return {row.title.partition(": ")[2]: row.proposal.stage
            for row in rows.select_related("proposal")}  # fmt: skip


def test_a_process_is_under_way_on_the_day_it_is_told(demonstration):
    assert sorted(made_up().values()) == [
        "awaiting-authority", "define", "define", "opine", "refine", "refine", "release", "release",
    ]  # fmt: skip
    assert sorted(ProblemStatement.objects.values_list("state", flat=True)) == [
        "commented", "waiting",
    ]  # fmt: skip
    open_now = Consultation.objects.get(state="open")
    assert open_now.opened_on < TOLD_ON < open_now.closes_on
    assert open_now.responses.count() == 3
    secret = Answer.objects.filter(version__response__consultation=open_now, paper_class="amber")
    assert secret.count() == 2
    counted = Vote.objects.get(proposal__stage="awaiting-authority")
    assert counted.outcome == "recommended-approve"
    assert Vote.objects.filter(counted_at__isnull=True).count() == 1
    made = Composition.objects.get(release__key="Fictional release")
    assert (made.conflicts.count(), made.conflicts_left) == (1, 0)
    assert Mail.objects.exists()
    assert list(faults_of_audit()) == []


def test_what_the_story_moved_rests_on_fiction(demonstration):
    raised = Proposal.objects.filter(number__gt=952, legacy_form="")
    bases = {row.basis for model in (StageMove, Decision)
             for row in model.objects.known_at(None).filter(proposal__in=raised)}  # fmt: skip
    assert raised.count() == 8
    assert bases == {"fictional"}


def test_what_is_asked_about_a_made_up_proposal_says_that_it_is_made_up(demonstration, client):
    counted = Vote.objects.get(proposal__stage="awaiting-authority")
    for address in (reverse("votes:vote", args=[counted.pk]), "/consultations/CON006/"):
        assert 'data-basis="fictional"' in client.get(address).content.decode(), address


def test_an_approved_timetable_has_slipped(demonstration):
    held = Timetable.objects.filter(proposal__stage="refine").values_list("proposal", flat=True)
    assert any(seen.slips for seen in timetables_of(list(held), on=TOLD_ON).values())


@pytest.mark.parametrize("stage", ["awaiting-authority", "opine"])
def test_the_report_of_what_is_to_be_decided_lacks_nothing(demonstration, stage):
    label = Proposal.objects.get(stage=stage, number__gt=952, legacy_form="").label
    page = Client().get(f"/proposals/{label}/report/").content.decode()
    assert "Everything that this report needs is on file" in page
    assert "Missing" not in page
    assert re.search(r"Proposals, \d+ \w+ \d{4}, fictional", page)


def test_a_story_is_told_once(demonstration):
    before = Proposal.objects.count()
    assert tell(FOLDER / demonstration, on=TOLD_ON) is None
    assert Proposal.objects.count() == before


@pytest.mark.parametrize("demonstration", ["example"], indirect=True)
def test_the_example_code_has_a_process_under_way_too(demonstration):
    assert sorted(made_up().values()) == ["flame", "glow", "spark"]
    assert Consultation.objects.filter(state="open").count() == 1
    assert Vote.objects.get().outcome == "approved"
    assert Composition.objects.get().conflicts_left == 0
