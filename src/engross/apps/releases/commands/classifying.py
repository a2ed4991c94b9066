"""Giving a change set a class: who may read a draft of legal text before it is for everybody."""

from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ChangeSet
from engross.core.refusals import Reason, Refused


@transaction.atomic
def classify_change_set(name: str, paper_class: str, *, by: User | None, at: datetime) -> ChangeSet:
    """Give a change set a class, '' for everybody to read, and return it.

    Raises Refused if there is no such change set, or the code has no such class.
    """
    kept = ChangeSet.objects.select_for_update().filter(name=name).first()
    if kept is None:
        raise Refused(Reason(f"There is no change set {name}", "Save it first"))
    known = [each.key for each in active_code().options("paper_classes")]
    if paper_class and paper_class not in known:
        what = f"There is no class {paper_class!r}"
        raise Refused(Reason(what, f"Choose {', '.join(known)}, or none"))
    before = kept.paper_class
    kept.paper_class = paper_class
    kept.save(update_fields=["paper_class"])
    record_event(action="change-set.classify", subject=f"change-sets/{name}", by=by, at=at,
                 details={"from": before, "to": paper_class})  # fmt: skip
    return kept
