"""Who hands a proposal over, and who takes it, are both told."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.mail.models import Mail
from engross.apps.proposals.commands import hand_over
from engross.apps.proposals.models import Proposal
from tests import factories
from tests.support.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)


def test_both_analysts_are_told_of_a_handing_over(secretary):
    factories.proposal("MP901", title="Fictional change")
    proposal, on = Proposal.objects.get(key="0901"), date(2021, 9, 22)
    ada, bob = (person(name, is_staff=True) for name in ("Ada", "Bob"))

    def told(to):
        Mail.objects.all().delete()
        hand_over(proposal, to, by=secretary, on=on, at=AT)
        return {each.to_person for each in Mail.objects.all()}

    assert told(ada) == {ada}
    assert told(bob) == {ada, bob}
    assert "Bob takes over MP901 Fictional change from Ada" in Mail.objects.first().text
