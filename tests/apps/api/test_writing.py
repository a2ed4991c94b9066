"""Writing by API: with a token that may, by staff who may, and on top of nothing unseen."""

import msgspec
import pytest
from django.test import Client

from engross.adapters.tables.limits import Limits
from engross.apps.audit.models import Event
from engross.apps.parties.models import PartyDetails
from engross.apps.people.commands.tokens import revoke_token
from engross.apps.people.models import ApiToken
from engross.apps.releases.models import ChangeSet
from engross.core.legaltext.aligning import align
from engross.core.legaltext.changing import changes_from
from tests import factories
from tests.support.composing import BASE, published, reworded
from tests.support.tokens import program, staff

pytestmark = pytest.mark.django_db
IMPORT = "/api/v1/registers/parties/import"
CSV = "party,held_from,held_until,legal_name,basis\nP1,2014-01-01,,Example Limited,record\n"


def sent(client: Client, query: str = "", content: str = CSV, kind: str = "text/csv"):
    return client.post(f"{IMPORT}{query}", content, content_type=kind)


def test_rows_are_tried_and_then_taken_in_once():
    writer = program(staff())
    tried = sent(writer)
    assert tried.json() == {"name": "parties", "dry_run": True, "added": 1, "corrected": 0,
                            "unchanged": 0}  # fmt: skip
    assert not PartyDetails.objects.exists()
    assert sent(writer, "?dry_run=false").json()["added"] == 1
    assert sent(writer, "?dry_run=false").json()["unchanged"] == 1
    event = Event.objects.filter(action="register.import").latest("pk")
    assert event.by is not None
    assert event.source.startswith("API from")


def test_bad_rows_are_told_each_at_its_cell_and_nothing_is_taken_in():
    bad = CSV.replace("2014-01-01", "2014-02-30") + "P2,never,,Other Limited,record\n"
    answer = sent(program(staff()), "?dry_run=false", bad)
    assert answer.status_code == 422
    assert len(answer.json()["reasons"]) == 2
    assert not PartyDetails.objects.exists()


@pytest.mark.parametrize(
    ("kind", "status"), [("text/html", 415), ("application/json", 422), ("", 415)]
)
def test_what_is_no_table_is_refused(kind, status):
    assert sent(program(staff()), kind=kind).status_code == status


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("engross.apps.registers.api.importing.LIMITS", Limits(file_bytes=10))
    assert sent(program(staff())).status_code == 413


@pytest.mark.parametrize("address", [IMPORT, "/api/v1/releases/R/compositions"])
def test_who_may_not_write_does_not(address):
    person = staff()
    signed_in = Client()
    signed_in.force_login(person)
    assert signed_in.post(address).status_code == 401, "being signed in is not enough"
    assert program(person, "read:own").post(address).status_code == 403
    careless = staff("careless@engross.example", second_factor=False)
    assert program(careless).post(address).status_code == 403
    writer = program(person)
    for token in ApiToken.objects.filter(user=person):
        revoke_token(token, by=person, at=token.made_at)
    assert writer.post(address).status_code == 401


def test_a_token_reads_as_far_as_its_scope_lets_it():
    factories.party("P1", category="large-suppliers")
    factories.market_entry("P1", "srept", "2021-07-04")
    address, person = "/api/v1/registers/market-entry", staff()
    readers = (Client(), program(person, "read:public"), program(person, "read:own"))
    counts = [each.get(address).json()["count"] for each in readers]
    assert counts == [0, 0, 1]


class TestChangeSets:
    ADDRESS = "/api/v1/change-sets/pay-sooner"

    @pytest.fixture(autouse=True)
    def text(self):
        published()
        self.writer = program(staff())

    def put(self, number: str, text: str, **headers: str):
        said = changes_from(align(BASE, reworded(BASE, number, text)), "pay-sooner")
        body = {"base_version": "46.0", "said": msgspec.to_builtins(said), "note": "Drafted"}
        return self.writer.put(self.ADDRESS, msgspec.json.encode(body), headers=headers,
                               content_type="application/json")  # fmt: skip

    def test_a_set_is_saved_read_and_saved_again(self):
        made = self.put("D2", "The Panel shall meet.", if_none_match="*")
        assert (made.status_code, made.json()["version"]) == (201, 1)
        read = Client().get(self.ADDRESS)
        assert read["ETag"] == made["ETag"]
        again = self.put("D2", "The Panel shall meet weekly.", if_match=read["ETag"])
        assert (again.status_code, again.json()["version"]) == (200, 2)
        assert [each["version"] for each in again.json()["versions"]] == [2, 1]
        older = Client().get(f"{self.ADDRESS}?version=1").json()
        assert "weekly" not in str(older["said"])

    def test_the_second_of_two_is_told_and_saves_both(self):
        first = self.put("D2", "The Panel shall meet.", if_none_match="*")["ETag"]
        self.put("D1", "Anyone may raise a proposal.", if_match=first)
        late = self.put("D3", "It shall be decided in 10 Working Days.", if_match=first)
        told = late.json()
        assert late.status_code == 412
        assert told["added"]
        body = {"base_version": "46.0", "said": told["merged"]}
        both = self.writer.put(self.ADDRESS, msgspec.json.encode(body),
                               headers={"If-Match": told["etag"]},
                               content_type="application/json")  # fmt: skip
        assert (both.status_code, both.json()["version"]) == (200, 3)

    def test_nothing_is_saved_blindly(self):
        assert self.put("D2", "The Panel shall meet.").status_code == 428
        self.put("D2", "The Panel shall meet.", if_none_match="*")
        assert self.put("D2", "It shall meet.", if_none_match="*").status_code == 412
        assert self.put("D2", "It shall meet.", if_match='"7-0123456789abcdef"').status_code == 412

    def test_a_set_of_a_class_is_not_told_to_who_may_not_see_it(self):
        self.put("D2", "The Panel shall meet.", if_none_match="*")
        ChangeSet.objects.update(paper_class="red")
        assert Client().get(self.ADDRESS).status_code == 404
        self.writer = program(staff("other@engross.example"), "write:text", "read:public")
        late = self.put("D1", "Anyone may raise one.", if_none_match="*")
        assert late.status_code == 409
        assert "meet" not in late.content.decode()

    @pytest.mark.parametrize("word", [r"a\u0000b", r"a\\\u0000b", r"\ud800", r"\udc00\ud800"])
    def test_what_no_database_holds_and_no_page_shows_is_refused(self, word):
        said = changes_from(align(BASE, reworded(BASE, "D2", "The Panel meets.")), "pay-sooner")
        for body in (
            b'{"base_version": "46.0", "title": "MARK", "said": %s}' % msgspec.json.encode(said),
            b'{"base_version": "46.0", "said": {"change_set": "MARK", "operations": []}}',
        ):
            answer = self.writer.put(self.ADDRESS, body.replace(b"MARK", word.encode()),
                                     headers={"If-None-Match": "*"},
                                     content_type="application/json")  # fmt: skip
            assert answer.status_code == 400
        assert not ChangeSet.objects.exists()

    def test_what_is_no_change_set_is_refused_with_its_place(self):
        body = {"base_version": "46.0", "said": {"change_set": "x", "operations": [{"op": "fly"}]}}
        answer = self.writer.put(self.ADDRESS, msgspec.json.encode(body),
                                 headers={"If-None-Match": "*"},
                                 content_type="application/json")  # fmt: skip
        assert answer.status_code == 422
        assert "operations" in answer.json()["detail"]

    def test_a_release_is_put_together_and_its_conflict_decided(self):
        factories.release("November 2021", "2021-11-04")
        address = "/api/v1/releases/November_2021/compositions"
        self.put("D2", "The Panel shall meet weekly.", if_none_match="*")
        self.ADDRESS = "/api/v1/change-sets/meet-daily"
        self.put("D2", "The Panel shall meet daily.", if_none_match="*")
        given = {"change_sets": ["pay-sooner", "meet-daily"], "base_version": "46.0"}
        made = self.writer.post(address, given, content_type="application/json")
        assert made.status_code == 201
        (conflict,) = made.json()["conflicts"]
        decided = {"conflict": conflict["id"], "take": "side", "side": "meet-daily",
                   "reason": "The Panel asked for it"}  # fmt: skip
        done = self.writer.post(f"{address}/1/decisions", decided, content_type="application/json")
        assert (done.status_code, done.json()["conflicts_left"]) == (200, 0)

    def test_sets_of_a_class_are_put_together_by_nobody_who_may_not_see_them(self):
        factories.release("November 2021", "2021-11-04")
        address = "/api/v1/releases/November_2021/compositions"
        self.put("D2", "The Panel shall meet weekly.", if_none_match="*")
        self.ADDRESS = "/api/v1/change-sets/meet-daily"
        self.put("D2", "The Panel shall meet daily.", if_none_match="*")
        given = {"change_sets": ["pay-sooner", "meet-daily"], "base_version": "46.0"}
        made = self.writer.post(address, given, content_type="application/json").json()
        ChangeSet.objects.filter(name="meet-daily").update(paper_class="red")

        other = program(staff("other@engross.example"), "write:text", "read:public")
        blind = other.post(address, given, content_type="application/json")
        assert blind.status_code == 409
        assert blind.json()["detail"].startswith("There is no change set meet-daily")
        decided = {"conflict": made["conflicts"][0]["id"], "take": "base", "reason": "Neither"}
        late = other.post(f"{address}/1/decisions", decided, content_type="application/json")
        assert late.status_code == 404
        assert "shall meet" not in (blind.content + late.content).decode()
