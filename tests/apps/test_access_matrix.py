"""Who sees what, at every address there is: each kind of person against each class.

A word of its own stands in whatever has a class: rows, papers, highlights, stored files. Every
route and every operation of the API is asked as every kind of person; each must find the words
that reach them at their own address, and no other word anywhere. A route or an operation that
nobody described fails here, as nobody then has looked who may read there.
"""

import io
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.files.commands import Belonging, name_reader, store_file
from engross.apps.files.models import ReadLog
from engross.apps.parties.models import Party
from engross.apps.people.commands import add_service_account, make_token
from engross.apps.people.models import BodyMembership, PartyMembership
from engross.apps.registers.commands import store_entry_file
from engross.apps.registers.registers import register_named
from engross.apps.search.commands import refresh
from tests import factories
from tests.apps import test_access
from tests.apps.test_access import completed, examples, operations, records  # noqa: F401
from tests.support.routes import ROUTES, is_described, site_routes

AT = test_access.HIDDEN_AT
TODAY = datetime.now(tz=UTC)
SINCE = date(2020, 1, 1)
OVER = date(2021, 1, 1)
DAYS = {"own": date(2021, 7, 11), "other": date(2021, 7, 18)}

PUBLIC = {"white"}
COMMUNITY = {"white", "green"}
SEES = {
    "visitor": PUBLIC,
    "signed in, of nothing": PUBLIC,
    "former member": PUBLIC,
    "named person": PUBLIC | {"named"},
    "Party user": COMMUNITY | {"own"},
    "Party administrator": COMMUNITY | {"own"},
    "user of another Party": COMMUNITY | {"other"},
    "body member": COMMUNITY | {"amber"},
    "observer": PUBLIC,
    "Authority": COMMUNITY | {"amber"},
    "program of the Party": COMMUNITY | {"own"},
    "program let to the community": COMMUNITY,
    "program let to the public": PUBLIC,
    "program of staff": COMMUNITY,
    "staff without a second factor": COMMUNITY,
    "staff": COMMUNITY | {"amber", "own", "other", "red", "named"},
}
# Who differs from another only in what a word's own address tells.
LIKE_ANOTHER = {"named person", "observer", "program let to the community",
                "program let to the public", "program of staff"}  # fmt: skip
LOGGED = {"amber", "own", "other", "red", "named"}


@dataclass
class Word:
    """A word that stands in one thing of one marking, and the addresses of that thing."""

    text: str
    marking: str
    addresses: list[str]


@dataclass
class Matrix:
    """Everybody with a client of their own, and every word."""

    people: dict[str, Client] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)


@pytest.fixture(scope="module")
def matrix(records, tmp_path_factory):  # noqa: F811
    """Place the words and make the people, beside the demonstration's records."""
    from django.conf import settings
    from django.test.utils import override_settings

    place = tmp_path_factory.mktemp("files")
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": place}}
    # With caches that keep: what was made for one reader must not reach another.
    keeping = {name: {"BACKEND": test_access.KEEPING, "LOCATION": name} for name in settings.CACHES}
    with override_settings(STORAGES=storages, CACHES=keeping):
        for each in (completed, examples):
            each.cache_clear()
        made = Matrix()
        for key in ("own", "other"):
            factories.party(f"WREN-{key}", category="large-suppliers")
        _make_people(made)
        _place_rows(made)
        _place_papers(made)
        refresh()
        yield made
        for each in (completed, examples):
            each.cache_clear()


def _make_people(made):
    for who in SEES:
        if who == "visitor" or who.startswith("program"):
            continue
        user = User.objects.create_user(f"{who.replace(' ', '-').replace(',', '')}@wren.test", None,
                                        is_staff=who.startswith("staff"),
                                        is_authority=who == "Authority")  # fmt: skip
        made.users[who] = user
    TOTP.activate(made.users["staff"], generate_totp_secret())
    _join(made.users["Party user"], "own", "user")
    _join(made.users["Party administrator"], "own", "administrator")
    _join(made.users["user of another Party"], "other", "user")
    for body in ("ssc", "panel"):
        _sit(made.users["body member"], body)
        _sit(made.users["former member"], body, until=OVER)
        _sit(made.users["observer"], body, role="observer")
    for who in SEES:
        made.people[who] = Client(raise_request_exception=False)
        if who in made.users:
            made.people[who].force_login(made.users[who])
    _make_programs(made)


def _join(user, key, role):
    PartyMembership.objects.create(user=user, party=Party.objects.get(key=f"WREN-{key}"),
                                   role=role, held_from=SINCE, recorded_at=AT)  # fmt: skip


def _sit(user, body, *, role="member", until=None):
    BodyMembership.objects.create(user=user, body=body, role=role, held_from=SINCE,
                                  held_until=until, recorded_at=AT)  # fmt: skip


def _make_programs(made):
    scopes = {
        "program of the Party": "read:own",
        "program let to the community": "read:community",
        "program let to the public": "read:public",
        "program of staff": "read:own",
    }
    for who, scope in scopes.items():
        party = None if who.endswith("staff") else Party.objects.get(key="WREN-own")
        staff = made.users["staff"]
        user = add_service_account(who, party=party, by=staff, at=TODAY, on=TODAY.date())
        raw = make_token(user, name=who, scopes=[scope], days=10, by=staff, at=TODAY)
        made.people[who] = Client(
            raise_request_exception=False, headers={"authorization": f"Bearer {raw}"}
        )


def _places_of(name, entry):
    return [f"/registers/{name}/{entry}/", f"/api/v1/registers/{name}/{entry}"]


def _place_rows(made):
    for key, day in DAYS.items():
        factories.market_entry(f"WREN-{key}", "srept", day, at=AT)
        register = register_named("market-entry")
        row = register.model.objects.get(completed_on=day)
        places = _places_of("market-entry", row.entry)
        lists = [f"/parties/WREN-{key}/", "/registers/market-entry/?q=wren"]
        made.words.append(Word(str(row.entry), key, [*places, *lists]))
        text = f"wrenfile{key}"
        stored = store_entry_file(register, row, io.BytesIO(text.encode()), name=f"{text}.txt",
                                  paper_class="amber", by=None, at=AT)  # fmt: skip
        made.words.append(Word(text, key, [f"/files/{stored.key}/{stored.name}"]))
    classes = {"white": "white", "green": "green", "amber": "amber", "red": "red"}
    for number, (marking, paper_class) in enumerate(classes.items(), start=40):
        text = f"wrenhighlight{marking}"
        factories.record("highlights", [{
            "paper": "operations-report", "month": test_access.MONTH, "text": text,
            "section": "party-engagement", "position": str(number), "paper_class": paper_class,
        }], at=AT)  # fmt: skip
        entry = register_named("highlights").model.objects.get(text=text).entry
        lists = ["/api/v1/registers/highlights?q=wren", "/registers/highlights.csv?q=wren"]
        made.words.append(Word(text, marking, [*_places_of("highlights", entry), *lists]))


def _place_papers(made):
    factories.record("meetings", [{"meeting": "WREN_1", "body": "ssc", "title": "A meeting",
                                   "held_on": "2021-07-25"}], at=AT)  # fmt: skip
    marked = {"white": "white", "green": "green", "amber": "amber", "red": "red", "named": "red"}
    for number, (marking, paper_class) in enumerate(marked.items(), start=1):
        text = f"wrenpaper{marking}"
        named = {"reference": f"SSC_99_2507_{number:02}", "meeting": "WREN_1", "title": text}
        factories.record("papers", [{**named, "paper_class": paper_class}], at=AT)
        row = register_named("papers").model.objects.get(title=text)
        lists = ["/registers/papers/?q=wren", "/registers/papers.json?q=wren",
                 "/api/v1/registers/papers?q=wren", "/meetings/WREN_1/",
                 "/api/v1/meetings/WREN_1", "/search/?q=wrenpaper*",
                 "/api/v1/search?q=wrenpaper*"]  # fmt: skip
        made.words.append(Word(text, marking, [*_places_of("papers", row.entry), *lists]))
        if marking == "named":
            person = made.users["named person"]
            name_reader(register="papers", entry=row.entry, person=person, by=None, at=AT)
        # A file's class is its own: it goes with the White paper, but for the persons named.
        keeper = register_named("papers").model.objects.get(
            title="wrenpapernamed" if marking == "named" else "wrenpaperwhite"
        )
        text = f"wrenfile{marking}"
        stored = store_entry_file(
            register_named("papers"), keeper, io.BytesIO(text.encode()), name=f"{text}.txt",
            paper_class=paper_class, by=None, at=AT,
        )  # fmt: skip
        made.words.append(Word(text, marking, [f"/files/{stored.key}/{stored.name}"]))
    alone = store_file(io.BytesIO(b"wrenfilealone"), name="wrenfilealone.txt", paper_class="red",
                       belonging=Belonging(), by=None, at=AT)  # fmt: skip
    made.words.append(Word("wrenfilealone", "red", [f"/files/{alone.key}/{alone.name}"]))


@cache
def _words_in(digest, content):
    return test_access.words_in(content)


def said_at(client, address):
    """Return an answer and what it says beside its own address, which whoever asks knows."""
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    said = _words_in(sha256(content).digest(), content)
    for known in (address, quote(address), quote(address, safe="")):
        said = said.replace(known.casefold(), "")
    return answer, said


def all_addresses(made, who):
    """Return every address with a GET: one of each route, of each operation, all of each word."""
    found = [address for word in made.words for address in word.addresses]
    if who not in LIKE_ANOTHER:
        found += [examples(name)[0] for name in ROUTES]
        found += [completed(path) for done, path in operations() if done == "get"]
    return list(dict.fromkeys(found))


def test_every_route_and_every_operation_is_walked(matrix, django_db_blocker):
    assert not [name for name in site_routes() if not is_described(name)]
    assert all(examples(name) for name in ROUTES)
    walked = {address.split("?")[0] for address in all_addresses(matrix, "visitor")}
    for done, path in operations():
        if done == "get":
            assert completed(path).split("?")[0] in walked, path


# On PostgreSQL these few are the smoke.
ON_EITHER_DATABASE = {"Party user", "body member"}
ALL_PEOPLE = [
    who if who in ON_EITHER_DATABASE else pytest.param(who, marks=pytest.mark.once) for who in SEES
]


@pytest.mark.parametrize("who", ALL_PEOPLE)
def test_each_sees_what_reaches_them_and_nothing_else(matrix, db, who):
    client, sees = matrix.people[who], SEES[who]
    words = {word.text: word for word in matrix.words}
    told, unlogged, found_at = [], [], {}
    for address in all_addresses(matrix, who):
        before = ReadLog.objects.count()
        answer, said = said_at(client, address)
        here = {text for text in words if text in said}
        told += [f"{words[text].marking} word {text} at {address}"
                 for text in here if words[text].marking not in sees]  # fmt: skip
        if answer.status_code == 200:
            here |= {text for text in words if text in address}
        for text in here:
            found_at.setdefault(text, set()).add(address)
        kept = {text for text in here if _is_read(words[text], address)}
        if kept and ReadLog.objects.count() == before:
            unlogged.append(f"{sorted(kept)} at {address}")
    assert not told
    assert not unlogged
    is_program = who.startswith("program")
    missed = [
        f"{word.marking} word {word.text} at {address}"
        for word in matrix.words if word.marking in sees
        for address in word.addresses
        if address not in found_at.get(word.text, ())
        and (address.startswith("/api/") or not is_program)
    ]  # fmt: skip
    assert not missed


def _is_read(word, address):
    """Say whether finding a word is a read that is written down: a file's name alone is none."""
    is_named_only = word.text.startswith("wrenfile") and not address.startswith("/files/")
    # What one read oneself, and what was read of one's own.
    is_told_of_reads = address in {reverse("files:reads"), reverse("operations:my-data-file")}
    return word.marking in LOGGED and not is_named_only and not is_told_of_reads


OF_THE_CIRCLE = {"body member", "Authority", "staff"}


@pytest.mark.parametrize("who", ALL_PEOPLE)
def test_what_is_made_of_amber_rows_reaches_the_circle_of_its_paper(matrix, db, who):
    name, month = "parties.testing.completions", test_access.MONTH
    attachment = reverse("reports:attachment",
                         args=["operations-report", month, "appendix-a", "json"])  # fmt: skip
    expected = 200 if who in OF_THE_CIRCLE else 404
    before = ReadLog.objects.count()
    for address in (attachment, f"/reports/figures/{name}/?month={month}",
                    f"/api/v1/figures/{name}?month={month}"):  # fmt: skip
        assert matrix.people[who].get(address).status_code == expected, address
    assert ReadLog.objects.count() - before == (3 if expected == 200 else 0)
    listed = [each["name"] for each in matrix.people[who].get("/api/v1/figures").json()]
    assert (name in listed) == (expected == 200)


@pytest.mark.parametrize("who", ALL_PEOPLE)
def test_what_may_not_be_read_is_answered_as_what_is_not_there(matrix, db, who):
    nothing = str(uuid.uuid4())
    for word in matrix.words:
        if word.marking in SEES[who]:
            continue
        for address in word.addresses:
            if "?" in address or "WREN" in address:
                continue
            parts = address.split("/")
            there = next(part for part in parts if len(part) == 36)
            answers = [matrix.people[who].get(each)
                       for each in (address, address.replace(there, nothing))]  # fmt: skip
            assert [each.status_code for each in answers] == [404, 404], address
            bodies = [each.content.decode().replace(there, "").replace(nothing, "")
                      for each in answers]  # fmt: skip
            assert _plain(bodies[0]) == _plain(bodies[1])


def _plain(body):
    """Return a page without what differs each time it is sent."""
    return [line for line in body.splitlines() if "csrf" not in line and "request" not in line]


def test_reads_are_shown_to_whose_own_it_is_and_to_staff(matrix, db):
    def told_to(who):
        return said_at(matrix.people[who], "/reads/")[1]

    own = next(w for w in matrix.words if w.text == "wrenfileown")
    other = next(w for w in matrix.words if w.text == "wrenfileother")
    matrix.people["Party user"].get(own.addresses[0])
    matrix.people["user of another Party"].get(other.addresses[0])
    assert "wrenfileown" in told_to("Party administrator")
    assert "wrenfileother" not in told_to("Party administrator")
    assert "party-user@wren.test" in told_to("Party administrator")
    for who in ("Party user", "body member", "Authority", "staff without a second factor"):
        assert "wrenfile" not in told_to(who)
    assert all(word in told_to("staff") for word in ("wrenfileown", "wrenfileother"))


def test_reading_what_is_white_writes_nothing(matrix, db):
    before = ReadLog.objects.count()
    for who in ("visitor", "Party user", "staff"):
        white = [word for word in matrix.words if word.marking == "white"]
        for address in (each for word in white for each in word.addresses if "?" not in each):
            if "WREN" not in address:
                matrix.people[who].get(address)
    assert ReadLog.objects.count() == before
