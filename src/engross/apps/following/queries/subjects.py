"""What a subject that can be followed is called, and where its page is."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from engross.apps.legaltext.queries import document_names, provision_standing
from engross.apps.proposals.models import Proposal, ProposalDetails
from engross.apps.proposals.queries import titles_of
from engross.apps.registers.queries import active_code, option_name
from engross.apps.registers.registers import register_named
from engross.core.following import EVERYTHING, Kind, Subject
from engross.core.legaltext.numbers.addresses import document_slug


class Followed(NamedTuple):
    """A subject as a person reads it."""

    subject: Subject
    label: str
    href: str


def followed_at(kind: str, key: str, *, on: date) -> Followed | None:
    """Return the subject of a kind and key as a person reads it; None if there is none."""
    try:
        subject = Subject(Kind(kind), key)
    except ValueError:
        return None
    if subject.kind is Kind.CLAUSE:
        return _clause(subject, on)
    label = _FINDERS[subject.kind](key, on)
    return Followed(subject, label, href_of(subject)) if label else None


def followed_many(
    subjects: Iterable[tuple[str, str]], *, on: date
) -> dict[tuple[str, str], Followed | None]:
    """Return what many subjects are called, by kind and key; the proposals among them at once."""
    listed = list(subjects)
    titles = titles_of([key for kind, key in listed if kind == Kind.PROPOSAL])
    found: dict[tuple[str, str], Followed | None] = {}
    for kind, key in listed:
        if kind == Kind.PROPOSAL and (named := titles.get(key)):
            href = reverse("proposals:proposal", args=[named[0]])
            found[kind, key] = Followed(Subject(Kind.PROPOSAL, key), " ".join(named), href)
        else:
            found[kind, key] = followed_at(kind, key, on=on)
    return found


def _clause(subject: Subject, on: date) -> Followed | None:
    """Return a clause by its permanent id, wherever it stands on the day."""
    hit = provision_standing(subject.key, on=on)
    if hit is None:
        return None
    label = " ".join(filter(None, (str(hit.address), hit.heading)))
    return Followed(subject, label, reverse("reading:document", args=[hit.address.slug]))


def href_of(subject: Subject) -> str:
    """Return the address of a subject's page."""
    kind, key = subject
    if kind is Kind.PROPOSAL:
        label = Proposal.objects.filter(key=key).values_list("label", flat=True).first()
        return reverse("proposals:proposal", args=[label or key])
    if kind is Kind.DOCUMENT:
        return reverse("reading:document", args=[key])
    if kind is Kind.BODY:
        return f"{reverse('meetings:list')}?body={key}"
    if kind is Kind.CATEGORY:
        return f"{reverse('parties:list')}?category={key}"
    return reverse("registers:list", args=[key]) if kind is Kind.REGISTER else reverse("home")


def _proposal(key: str, on: date) -> str:
    live = ProposalDetails.objects.known_at(None).filter(proposal__key=key)
    found = live.order_by("pk").values_list("proposal__label", "title").first()
    return " ".join(found) if found else ""


def _document(key: str, on: date) -> str:
    return next((name for name in document_names(on=on) if document_slug(name) == key), "")


def _body(key: str, on: date) -> str:
    known = {each.key for each in active_code().options("bodies")}
    return option_name("bodies", key) if key in known else ""


def _category(key: str, on: date) -> str:
    known = {each.key for each in active_code().options("party_categories")}
    return option_name("party_categories", key) if key in known else ""


def _register(key: str, on: date) -> str:
    try:
        return register_named(key).title
    except LookupError:
        return ""


def _everything(key: str, on: date) -> str:
    return "Everything" if key == EVERYTHING.key else ""


_FINDERS = {
    Kind.PROPOSAL: _proposal,
    Kind.DOCUMENT: _document,
    Kind.BODY: _body,
    Kind.CATEGORY: _category,
    Kind.REGISTER: _register,
    Kind.EVERYTHING: _everything,
}
