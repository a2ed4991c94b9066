"""What every program that asks the API is owed: errors, marks, limits, pages that hold still."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.apps.registers.api import KINDS
from engross.apps.registers.api.paging import Turn
from tests import factories
from tests.support.tokens import program, staff

pytestmark = pytest.mark.django_db
LIST = "/api/v1/registers/parties"
MANY = 7


@pytest.fixture
def parties():
    held = [{"party": f"P{n}", "held_from": "2014-01-01", "legal_name": f"Example {n} Limited"}
            for n in range(MANY)]  # fmt: skip
    factories.record("parties", held)


def problem_of(answer) -> dict:
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"].endswith(f"/api/v1/docs#problem-{kind_named(told['title'])}")
    return told


def kind_named(title: str) -> str:
    return next(name for name, kind in KINDS.items() if kind.title == title)


class TestErrors:
    @pytest.mark.parametrize(
        ("ask", "status"),
        [
            (lambda api: api.get("/api/v1/nothing"), 404),
            (lambda api: api.put("/api/v1/nothing"), 404),
            (lambda api: api.get("/api/v2/registers"), 404),
            (lambda api: api.get(f"{LIST}/00000000-0000-4000-8000-000000000000"), 404),
            (lambda api: api.post(LIST), 405),
            (lambda api: api.delete("/api/v1/openapi.json"), 405),
            (lambda api: api.get(LIST, headers={"Accept": "text/csv"}), 406),
            (lambda api: api.get(f"{LIST}?q={'a' * 10_000}"), 414),
            (lambda api: api.get(f"{LIST}?q={'a' * 1000}"), 422),
            (lambda api: api.get(f"{LIST}?as_at=2021-02-30"), 422),
            (lambda api: api.get(f"{LIST}?cursor=nonsense"), 422),
            (lambda api: api.get(f"{LIST}?page=2"), 422),
            (lambda api: api.get(f"{LIST}?q=%00"), 400),
            (lambda api: api.get(LIST, headers={"Authorization": "Bearer nobodys"}), 401),
            (lambda api: api.get(LIST, headers={"Authorization": "Basic YTpi"}), 401),
        ],
    )
    def test_each_error_has_one_form(self, ask, status):
        answer = ask(Client())
        assert answer.status_code == status
        assert problem_of(answer)["detail"]
        if status == 405:
            assert "GET" in answer["Allow"]
        if status == 401:
            assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_a_mistyped_parameter_is_refused_with_the_one_that_was_meant(self):
        told = problem_of(Client().get(f"{LIST}?asat=2021-09-30"))
        assert told["reasons"][0]["remedy"] == "Write 'as_at'"

    def test_a_fault_of_ours_tells_nothing_of_itself(self, monkeypatch):
        monkeypatch.setattr(Turn, "page", lambda *_: 1 / 0)
        answer = Client(raise_request_exception=False).get(LIST)
        assert answer.status_code == 500
        assert "division" not in str(problem_of(answer))

    def test_every_kind_of_problem_is_explained(self):
        page = Client().get("/api/v1/docs").content.decode()
        assert [name for name in KINDS if f'id="problem-{name}"' not in page] == []


class TestMarks:
    def test_what_a_program_has_is_not_sent_again(self, parties, django_assert_num_queries):
        first = Client().get(LIST)
        with django_assert_num_queries(1):
            again = Client().get(LIST, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

        factories.party("NEW", category="large-suppliers")
        later = Client().get(LIST, headers={"If-None-Match": first["ETag"]})
        assert later.status_code == 200
        assert later.json()["count"] == MANY + 1

    def test_having_anything_is_having_only_what_there_is(self, parties):
        had = {"If-None-Match": "*"}
        assert Client().get(LIST, headers=had).status_code == 304
        assert Client().get("/api/v1/registers/none", headers=had).status_code == 404

    def test_another_question_and_another_reader_have_other_marks(self, parties):
        reader = program(staff(), "read:own")
        marks = {Client().get(LIST)["ETag"], Client().get(f"{LIST}?q=1")["ETag"],
                 reader.get(LIST)["ETag"]}  # fmt: skip
        assert len(marks) == 3

    def test_who_may_keep_an_answer_follows_from_who_reads(self, parties):
        assert Client().get(LIST)["Cache-Control"].startswith("public")
        own = program(staff(), "read:own").get(LIST)
        assert own["Cache-Control"] == "private, no-store"
        assert {"Authorization", "Cookie"} <= set(own["Vary"].split(", "))

    def test_a_head_is_the_answer_without_its_body(self, parties):
        answer, head = Client().get(LIST), Client().head(LIST)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(answer.content))
        assert head["ETag"] == answer["ETag"]


class TestPages:
    @staticmethod
    def through(address: str, between=lambda page: None) -> list[str]:
        found, page = [], 0
        while address:
            answer = Client().get(address)
            found += [row["legal_name"] for row in answer.json()["rows"]]
            address = answer.json()["next"]
            assert bool(address) == ("Link" in answer)
            page += 1
            between(page)
        return found

    def test_pages_hold_still_while_records_are_added_corrected_and_withdrawn(self, parties):
        def change(page: int) -> None:
            now = timezone.now()
            row = {"party": f"A{page}", "held_from": "2013-01-01", "legal_name": f"Later {page}"}
            factories.record("parties", [row], at=now)
            changed = {"party": "P6", "held_from": "2014-01-01", "legal_name": f"Corrected {page}"}
            factories.record("parties", [changed], at=now + timedelta(milliseconds=1))

        whole = self.through(f"{LIST}?sort=legal_name")
        assert self.through(f"{LIST}?sort=legal_name&page_size=2", change) == whole

    def test_what_is_recorded_as_of_earlier_moves_no_page(self, parties):
        def change(page: int) -> None:
            row = {"party": f"A{page}", "held_from": "2013-01-01", "legal_name": f"AAA {page}"}
            factories.record("parties", [row])

        whole = self.through(f"{LIST}?sort=legal_name")
        assert self.through(f"{LIST}?sort=legal_name&page_size=2", change) == whole

    def test_a_cursor_is_for_its_own_question_only(self, parties):
        following = Client().get(f"{LIST}?page_size=2&q=example").json()["next"]
        assert Client().get(following).status_code == 200
        assert Client().get(following.replace("q=example", "q=limited")).status_code == 422
        assert Client().get(following.replace("page_size=2", "page_size=3")).status_code == 200

    @settings(max_examples=15)
    @given(st.integers(0, 200), st.characters(codec="ascii", categories=["L", "N"]))
    def test_a_cursor_that_was_changed_is_refused(self, place, letter):
        cursor = a_cursor()
        at = place % len(cursor)
        changed = cursor[:at] + letter + cursor[at + 1 :]
        status = Client().get(LIST, {"page_size": 1, "cursor": changed}).status_code
        assert status == (200 if changed == cursor else 422)


def a_cursor() -> str:
    """Return a cursor of the list, with two Parties on it."""
    if not Client().get(LIST).json()["count"]:
        factories.party("P1", category="large-suppliers")
        factories.party("P2", category="large-suppliers")
    following = Client().get(f"{LIST}?page_size=1").json()["next"]
    return parse_qs(urlsplit(following).query)["cursor"][0]


class TestLimits:
    @pytest.fixture(autouse=True)
    def limits(self, settings):
        settings.ENGROSS_API_ADDRESS_LIMIT, settings.ENGROSS_API_TOKEN_LIMIT = 3, 5
        for name in ("default", "local"):
            caches[name].clear()
        yield
        for name in ("default", "local"):
            caches[name].clear()

    def test_who_asks_too_often_is_told_when_to_come_back(self):
        answers = [Client().get("/api/v1/registers") for _ in range(4)]
        assert [each.status_code for each in answers] == [200, 200, 200, 429]
        assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
        assert 0 < int(problem_of(answers[3]) and answers[3]["Retry-After"]) <= 60

    def test_a_token_has_a_limit_of_its_own_and_guessing_at_tokens_has_not(self):
        reader = program(staff(), "read:public")
        for _ in range(4):
            Client().get("/api/v1/registers", headers={"Authorization": "Bearer guess"})
        assert Client().get("/api/v1/registers").status_code == 429
        assert [reader.get("/api/v1/registers").status_code for _ in range(6)] == [200] * 5 + [429]

    def test_processes_count_together(self):
        for _ in range(3):
            Client().get("/api/v1/registers")
        caches["local"].clear()  # as in another process
        assert Client().get("/api/v1/registers").status_code == 429


class TestOtherSites:
    def test_any_page_may_read_what_is_public_without_credentials(self):
        answer = Client().get("/api/v1/registers", headers={"Origin": "https://elsewhere.example"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "ETag" in answer["Access-Control-Expose-Headers"]

    def test_a_page_may_send_no_token_and_write_nothing(self):
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "PUT"}
        answer = Client().options("/api/v1/registers", headers=asked)
        assert answer.status_code == 204
        assert "Authorization" not in answer["Access-Control-Allow-Headers"]
        assert "PUT" not in answer["Access-Control-Allow-Methods"]
        with_token = program(staff(), "read:public").get("/api/v1/registers")
        assert "Access-Control-Allow-Origin" not in with_token
