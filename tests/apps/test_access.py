"""Who may read and write what, at every address there is; and what no input may bring about.

The demonstration's records are in the database. In each place that holds what is not for
everybody stands one word; wherever a stranger finds it, a page, a file or an answer tells
too much.
"""

import io
import re
import zipfile
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import quote, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client, override_settings
from django.urls import resolve, reverse
from pypdf import PdfReader

from engross.apps.accounts.models import User
from engross.apps.registers.registers import all_registers, register_named
from engross.apps.reports.commands import issue_paper
from engross.apps.search.commands import refresh
from engross.apps.site.api import api
from engross.core.dates.months import Month
from tests import factories
from tests.support.routes import ROUTES, addresses_of, is_described, site_routes

CANARY = "wrenhidden"
# A day on which nothing else happened.
CANARY_DAY = date(2021, 7, 4)
KEEPING = "django.core.cache.backends.locmem.LocMemCache"
HIDDEN_AT = datetime(2026, 1, 6, 9, tzinfo=UTC)
MONTH = "2021-09"
PEOPLE = ("visitor", "signed in", "staff without a second factor", "staff")
STRANGERS = PEOPLE[:2]


@pytest.fixture(scope="module")
def records(demonstration):
    """Keep the demonstration, hidden words and one issued paper for all tests of this file."""
    at = HIDDEN_AT
    _hide_words(at)
    refresh()
    month, on = Month.parse(MONTH), date(2021, 11, 1)
    issue_paper("operations-report", month, by=None, at=at, on=on)
    # What a deployment makes once, under the hash of what it is made of, is made once here too.
    keeping = {
        name: {"BACKEND": KEEPING, "LOCATION": f"access-{name}"} for name in ("drawn", "read")
    }
    with override_settings(CACHES=settings.CACHES | keeping):
        yield


def _hide_words(at: datetime) -> None:
    """Record in each register with classes a row that is not for everybody."""
    party = register_named("market-entry").model.objects.select_related("party").first().party
    factories.market_entry(party.key, "srept", CANARY_DAY, at=at)
    paper = {"paper_class": "amber", "written_on": "2021-09-15", "title": CANARY}
    meeting = register_named("papers").model.objects.select_related("meeting").first().meeting
    named = {"reference": "SECP_97_1510_99", "meeting": meeting.key, "action": "information"}
    factories.record("papers", [{**named, **paper}], at=at)
    highlight = {"paper": "operations-report", "month": MONTH, "section": "party-engagement"}
    hidden = {"position": "8", "text": CANARY, "paper_class": "amber"}
    factories.record("highlights", [{**highlight, **hidden}], at=at)
    # What was Amber before it was corrected stays so, in its history.
    factories.record("highlights", [{**highlight, **hidden, "position": "9"}], at=at)
    shown = {"position": "9", "text": "Now for everybody", "paper_class": "white"}
    factories.record("highlights", [{**highlight, **shown}], at=at.replace(hour=10))


@pytest.fixture(scope="module")
def signed_in(records):
    """Return the cookies of each kind of person: all but the visitor have signed in."""
    cookies = {"visitor": Client().cookies}
    for who in PEOPLE[1:]:
        email = f"{who.replace(' ', '-')}@example.org"
        user = User.objects.create_user(email, None, is_staff=who.startswith("staff"))
        if who == "staff":
            TOTP.activate(user, generate_totp_secret())
        client = Client()
        client.force_login(user)
        cookies[who] = client.cookies
    return cookies


@pytest.fixture
def people(signed_in, db):
    """Return a client for each kind of person; none raises what a page raises."""
    clients = {who: Client(raise_request_exception=False) for who in PEOPLE}
    for who in PEOPLE:
        clients[who].cookies = deepcopy(signed_in[who])
    return clients


@cache
def examples(name: str) -> list[str]:
    """Return the addresses of a route's examples."""
    return addresses_of(name, lambda path: Client().get(path).json())


@cache
def operations() -> list[tuple[str, str]]:
    """Return every operation of the API as its method and its path with braces."""
    paths = api.get_openapi_schema()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


def writing_at(path: str) -> set[str]:
    """Return the methods that write at a path of the API."""
    return {done for done, where in operations() if where == path} - {"get"}


# How an operation's path is completed: by its parameter, or by the operation and parameter.
ARGUMENTS = {
    "paper": "operations-report", "month": MONTH, "figures/name": "parties.total",
    "proposals/identifier": "{assessments.proposal}", "parties/reference": "{market-entry.party}",
    "versions/number": "{code-versions.version}", "documents/slug": "section/D",
    "provisions/ident": "p-63f155be25483c82", "terms/slug": "party",
    "change-sets/name": "notice-of-new-versions", "registers/name": "parties",
    "compositions/number": "1",
    "changes/position": "1", "webhooks/number": "1",
    "releases/name": "{releases.release}",
    "votes/number": "1", "bodies/key": "change-board", "consultations/reference": "CON001",
    "meetings/name": "{meetings.meeting}", "product-lists/key": "{product-lists.product_list}",
}  # fmt: skip


@cache
def completed(path: str) -> str:
    """Return an operation's address with an example for each parameter, else an AssertionError."""

    def example(found: re.Match[str]) -> str:
        name, above = found[1], path[: found.start()].rstrip("/").rsplit("/", 1)[1]
        if name == "entry":
            rows = Client().get(f"{path[: found.start() - 1]}?page_size=1").json()["rows"]
            return rows[0]["entry"] if rows else "00000000-0000-4000-8000-000000000000"
        value = ARGUMENTS.get(f"{above}/{name}") or ARGUMENTS.get(name)
        assert value, f"Add an example of {name} of {path}"
        if value.startswith("{"):
            register, _, column = value.strip("{}").partition(".")
            value = (
                Client().get(f"/api/v1/registers/{register}?page_size=1").json()["rows"][0][column]
            )
        return quote(value, safe="")

    address = re.sub(r"\{(\w+)\}", example, path)
    needed = {"/figures/": f"month={MONTH}", "/applicability": "category=large-suppliers"}
    return address + next((f"?{asked}" for part, asked in needed.items() if part in address), "")


def text_of(response) -> str:
    """Return every word of an answer, whatever its format."""
    return words_in(b"".join(response) if response.streaming else response.content)


def words_in(content):
    """Return every word of a file or a page, in lower case."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    elif content.startswith(b"%PDF"):
        content = "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
        ).encode()
    return content.decode("utf-8", "replace").casefold()


def everything() -> list[str]:
    """Return every address to read at: of pages, files, registers and API operations."""
    found = [address for name in ROUTES for address in examples(name)
             if ROUTES[name].for_whom == "anyone"]  # fmt: skip
    for register in all_registers():
        found.append(reverse("registers:list", args=[register.name]))
        found.append(reverse("registers:download", args=[register.name, "json"]))
    return found + [completed(path) for _, path in operations()]


def test_no_route_is_forgotten():
    missing = [name for name in site_routes() if not is_described(name)]
    assert not missing, f"Add these to tests/support/routes.py: {missing}"


@pytest.mark.once
class TestReading:
    @pytest.fixture(scope="class")
    def addresses(self, records, django_db_blocker):
        with django_db_blocker.unblock():
            return everything()

    @pytest.mark.parametrize("who", STRANGERS)
    def test_what_is_not_for_everybody_stands_nowhere(self, people, addresses, who):
        told, day = [], CANARY_DAY
        hints = (CANARY, f"{day}", f"{day:%-d %b %Y}".casefold(), f"{day:%-d %B %Y}".casefold())
        for address in addresses:
            words = text_of(people[who].get(address))
            told += [f"{hint} at {address}" for hint in hints if hint in words]
        assert not told

    @pytest.mark.parametrize("who", STRANGERS)
    @pytest.mark.parametrize("register", ["market-entry", "papers", "highlights"])
    def test_a_hidden_entry_cannot_be_opened_searched_or_guessed(self, people, who, register):
        model = register_named(register).model
        hidden = {"market-entry": {"completed_on": CANARY_DAY}, "papers": {"title": CANARY},
                  "highlights": {"text": CANARY, "position": 8}}[register]  # fmt: skip
        entry = model.objects.known_at(None).get(**hidden).entry
        reader, api_list = people[who], f"/api/v1/registers/{register}"
        assert reader.get(f"/registers/{register}/{entry}/").status_code == 404
        assert reader.get(f"{api_list}/{entry}").status_code == 404
        assert reader.get(f"{api_list}?q={CANARY}").json()["count"] == 0
        assert (
            reader.get(f"{api_list}?known_at=2026-01-06T09:30:00Z&q={CANARY}").json()["count"] == 0
        )

        staff = people["staff"]
        assert staff.get(f"/registers/{register}/{entry}/").status_code == 200
        assert staff.get(f"{api_list}/{entry}").status_code == 200

    @pytest.mark.parametrize("who", STRANGERS)
    def test_what_was_hidden_before_it_was_corrected_stays_so(self, people, who):
        model = register_named("highlights").model
        entry = model.objects.known_at(None).get(text="Now for everybody").entry
        for address in (f"/registers/highlights/{entry}/", f"/api/v1/registers/highlights/{entry}"):
            assert CANARY in text_of(people["staff"].get(address))
            assert CANARY not in text_of(people[who].get(address))

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_figure_of_another_class_cannot_be_opened(self, people, who):
        name = "parties.testing.completions"
        for address in (f"/reports/figures/{name}/?month={MONTH}",
                        f"/api/v1/figures/{name}?month={MONTH}"):  # fmt: skip
            assert people[who].get(address).status_code == 404
            assert people["staff"].get(address).status_code == 200

    @pytest.mark.parametrize("name", [n for n in ROUTES if ROUTES[n].for_whom == "anyone"])
    def test_what_is_for_anyone_is_there_for_a_visitor(self, people, name):
        for address in examples(name):
            answer = people["visitor"].get(address)
            is_hidden = "parties.testing.completions" in address or ROUTES[name].kind == "gone"
            allowed = {404, 410} if name == "api-v1:api-root" or is_hidden else {200, 302, 401, 422}
            assert answer.status_code in allowed, address

    @pytest.mark.parametrize("name", [n for n in ROUTES if ROUTES[n].for_whom != "anyone"])
    def test_what_needs_signing_in_sends_a_visitor_to_it(self, people, name):
        for address in examples(name):
            answer = people["visitor"].get(address)
            if ROUTES[name].for_whom == "the circle":
                # Whom it does not reach is not told that it is there.
                assert answer.status_code == 404, address
                continue
            assert answer.status_code == 302, address
            where = urlsplit(answer["Location"])
            assert (where.netloc, where.path) in {("", "/accounts/login/"), ("", "/")}, where

    def test_who_did_it_is_told_to_staff_only(self, people):
        register = register_named("highlights")
        staff = User.objects.get(email="staff@example.org")
        row = register.model.objects.known_at(None).filter(paper_class="white").first()
        later = HIDDEN_AT + timedelta(days=1)
        factories.withdraw("highlights", pk=row.pk, by=staff, at=later)
        for address in (
            f"/registers/highlights/{row.entry}/",
            f"/api/v1/registers/highlights/{row.entry}",
        ):
            assert "staff@example.org" not in text_of(people["visitor"].get(address))


OTHERS = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_", "api-v1:")
OURS = [name for name in ROUTES if not name.startswith(OTHERS)]
OF_STAFF = [
    (name, method)
    for name in ROUTES if ROUTES[name].for_whom == "staff"
    for method in (("get", "post") if ROUTES[name].writes else ("get",))
]  # fmt: skip


@pytest.mark.once
class TestWriting:
    @pytest.mark.parametrize(("name", "method"), OF_STAFF)
    def test_only_staff_with_a_second_factor_come_in(self, people, name, method):
        for address in examples(name):
            answers = {
                who: getattr(people[who], method)(address, {"reason": "x"}) for who in PEOPLE
            }
            assert answers["visitor"].status_code == 302
            assert answers["visitor"]["Location"].startswith("/accounts/login/?next=/")
            assert answers["signed in"].status_code == 403
            assert answers["staff without a second factor"].status_code == 302
            assert answers["staff without a second factor"]["Location"] == reverse("mfa_index")
            is_gone = ROUTES[name].kind == "gone"
            assert answers["staff"].status_code in ({404} if is_gone else {200, 302, 422})

    @pytest.mark.parametrize("who", PEOPLE[:3])
    def test_nobody_else_withdraws_anything(self, people, who):
        rows = register_named("market-entry").model.objects.known_at(None)
        before = rows.count()
        people[who].post(examples("registers:withdraw")[0], {"reason": "Because I can"})
        assert rows.count() == before

    @pytest.mark.parametrize("name", [n for n in ROUTES if ROUTES[n].writes])
    def test_a_form_of_another_site_is_refused(self, people, name):
        staff = Client(enforce_csrf_checks=True)
        staff.force_login(User.objects.get(email="staff@example.org"))
        for address in examples(name):
            assert staff.post(address, {"reason": "x"}).status_code == 403

    @pytest.mark.parametrize("next_page", ["https://elsewhere.test/", "//elsewhere.test/",
                                           "javascript:alert(1)", "/\\elsewhere.test"])  # fmt: skip
    def test_signing_in_leads_to_this_site_only(self, people, next_page):
        user = User.objects.get(email="signed-in@example.org")
        user.set_password("a long password")
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        typed = {"login": user.email, "password": "a long password", "next": next_page}
        answer = Client().post("/accounts/login/", typed)
        assert answer.status_code == 302
        assert answer["Location"] == "/"

    @pytest.mark.parametrize("name", OURS)
    def test_other_methods_are_not_allowed(self, people, name):
        methods = ["put", "patch", "delete"] + ([] if ROUTES[name].writes else ["post"])
        for address in examples(name):
            for method in methods:
                answer = getattr(people["staff"], method)(address)
                assert answer.status_code == 405, f"{method} {address}"

    @pytest.mark.parametrize(("done", "path"), operations())
    def test_the_api_is_written_to_by_its_own_operations_and_with_a_token_only(
        self, people, done, path
    ):
        address = completed(path)
        for method in {"post", "put", "patch", "delete"} - writing_at(path):
            assert getattr(people["staff"], method)(address).status_code == 405
        if done != "get":
            assert getattr(people["staff"], done)(address).status_code == 401


LISTS = [
    "proposals:list", "parties:list", "meetings:list", "meetings:bodies", "releases:versions",
    "releases:releases", "products:lists", "products:list", "products:devices", "registers:list",
    "registers:download", "proposals:download", "parties:download", "dates:calculator",
    "reports:figure", "reports:figures", "reports:open", "home",
]  # fmt: skip
# What a database may make something of, and what never gets that far.
QUERIES = [
    "page=99999999999", "page=0", "sort=recorded_by__password", "as_at=0001-01-01",
    "as_at=9999-12-31", "known_at=0001-01-01T00:00:00Z",
    "known_at=9999-12-31T23:59:59-14:00", "month=0001-01", "month=9999-12", "q=%00", "q=%ff%fe",
    "q=" + "a" * 10_000, "q=%25_%27%22", "stage=%00", "category=%27+or+1=1--", "body=%00",
    "release=" + "x" * 5000, "year=0", "year=99999", "nation=%00",
    "start=0001-01-01&end=9999-12-31", "days=-5",
    *(pytest.param(query, marks=pytest.mark.once) for query in (
        "page=-1", "page=abc", "page=", "page=1e9", "page=²", "page_size=0", "page_size=-1",
        "page_size=99999999", "sort=__class__", "sort=-entry__id", "sort=-", "as_at=2021-02-30",
        "as_at=yesterday", "as_at=10000-01-01", "known_at=never", "month=2021-13", "month=0000-00",
        "as_at=%00", "month=%00", "sort=%00", "q=" + "+".join("abcdefghijkl"), "route=__proto__",
        "year=-1", "start=2021-02-30&end=9999-12-31", "start=9999-12-31&days=99999999",
        "open_only=%00", "?&&&=&", "q=a&q=b&page=1&page=2", "paper=%00&month=2021-09",
        "paper=../..&month=2021-09",
    )),
]  # fmt: skip
# What a database may make something of, and what never gets that far.
NASTY = [
    "%00", "x" * 3000, "%F0%9F%92%A9", "%ff", "-1", "99999999999999999999", "'",
    *(pytest.param(text, marks=pytest.mark.once)
      for text in ("..", "../../etc/passwd", "%0d%0aSet-Cookie:%20x=1", "{{7*7}}", "a%0Ab", "0",
                   "%252e%252e%252f", "2021-13")),
]  # fmt: skip


def changed_addresses(nasty: str) -> set[str]:
    """Return an address of each route with each of its arguments replaced, one after the other."""
    found = set()
    for name in ROUTES:
        address = examples(name)[0]
        given = {
            quote(piece, safe="")
            for value in resolve(address).kwargs.values()
            for piece in str(value).split("/")
        }
        parts = address.split("/")
        found |= {
            "/".join([*parts[:number], nasty, *parts[number + 1 :]])
            for number, part in enumerate(parts)
            if any(piece in part for piece in given)
        }
    return found


class TestBadInput:
    @pytest.mark.parametrize("query", QUERIES)
    def test_no_query_breaks_a_page(self, people, query):
        broken = [
            f"{answer.status_code} {address}?{query[:80]}"
            for name in LISTS
            for address in examples(name)
            if not address.endswith((".xlsx", ".json"))
            and (answer := people["visitor"].get(f"{address}?{query}")).status_code >= 500
        ]
        assert not broken

    @pytest.mark.parametrize("query", QUERIES)
    def test_no_query_breaks_the_api(self, people, query):
        paths = [path for _, path in operations() if path.count("/") <= 4 or "figures" in path]
        for path in paths:
            address = completed(path).split("?")[0]
            answer = people["visitor"].get(f"{address}?{query}")
            assert answer.status_code < 500, f"{address}?{query[:80]}"
            if answer.status_code >= 400:
                assert answer["Content-Type"].startswith("application/problem+json"), address
                assert answer.json()["status"] == answer.status_code

    @pytest.mark.parametrize("nasty", NASTY)
    def test_no_address_breaks_a_page(self, people, nasty):
        addresses = changed_addresses(nasty)
        assert len(addresses) > 50
        for changed in addresses:
            answer = people["visitor"].get(changed)
            assert answer.status_code < 500, changed
            assert "Set-Cookie: x" not in str(answer.headers)

    @pytest.mark.parametrize("nasty", NASTY)
    def test_no_address_breaks_the_api(self, people, nasty):
        for _, path in operations():
            if "{" in path:
                changed = re.sub(r"\{\w+\}", lambda _: nasty, path)
                answer = people["visitor"].get(f"{changed}?month=2021-09")
                assert answer.status_code < 500, changed
                assert answer["Content-Type"].startswith("application/"), changed

    @pytest.mark.parametrize("form", ["exe", "CSV", "csv.exe", "php", "csv%00", "%2e%2e"])
    def test_an_unknown_format_is_not_there(self, people, form):
        places = ("registers/parties", "reports/operations-report/2021-09/report",
                  "registers/parties/template", "parties", "meetings", "releases")  # fmt: skip
        for address in (f"/{place}.{form}" for place in places):
            assert people["visitor"].get(address).status_code in {301, 404, 400}

    def test_a_forged_confirmation_is_checked_like_any_other(self, people):
        forged = {"confirmed": "1", "reason": "x", "party": "no such Party", "process": "uep",
                  "completed_on": "2021-02-30", "basis": "true", "entry": "x", "recorded_by": "1",
                  "recorded_at": "1999-01-01", "superseded_at": "1999-01-01"}  # fmt: skip
        rows = register_named("market-entry").model.objects
        before = rows.count()
        for name in ("registers:record", "registers:correct"):
            for address in [*examples(name), "/registers/market-entry/record/"]:
                assert people["staff"].post(address, forged).status_code == 422
        assert rows.count() == before

    def test_hidden_fields_write_no_column_that_no_register_has(self, people):
        typed = {"confirmed": "1", "paper": "operations-report", "month": MONTH, "text": "Typed",
                 "section": "party-engagement", "position": "66", "paper_class": "white",
                 "basis": "record", "recorded_by": "1", "recorded_at": "1999-01-01",
                 "entry": "00000000-0000-4000-8000-000000000000"}  # fmt: skip
        assert people["staff"].post("/registers/highlights/record/", typed).status_code == 302
        row = register_named("highlights").model.objects.get(text="Typed")
        assert row.recorded_by.email == "staff@example.org"
        assert row.recorded_at.year > 2020
        assert str(row.entry) != typed["entry"]

    @pytest.mark.parametrize(
        "name",
        [
            "../../etc/passwd.csv",
            "x\r\nSet-Cookie: y=1.csv",
            "\x00.csv",
            "a" * 300 + ".csv",
            ".csv",
            "x.exe",
        ],
    )
    def test_a_file_of_any_name_is_taken_or_refused(self, people, name):
        file = io.BytesIO(
            b"register,held_from,held_until,note,basis\nparties,1999-01-01,,,record\n"
        )
        file.name = name
        answer = people["staff"].post("/registers/kept-registers/import/", {"file": file})
        assert answer.status_code in {302, 422, 400}

    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00" * 100, b"PK\x03\x04broken", b"\xff\xfe\x00", b'{"rows": [', b"<html>"],
    )
    @pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
    def test_a_file_of_any_content_is_refused_with_reasons(self, people, content, ending):
        file = io.BytesIO(content)
        file.name = f"kept-registers.{ending}"
        answer = people["staff"].post("/registers/kept-registers/import/", {"file": file})
        assert answer.status_code == 422
