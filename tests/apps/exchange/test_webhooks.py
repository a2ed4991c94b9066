"""Webhooks: told of each change at least once, by signed messages, to the open internet only."""

import base64
import hashlib
import hmac
import json
import re
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from engross.adapters import messages
from engross.adapters.messages import send_message
from engross.apps.audit.commands import record_event
from engross.apps.audit.models import Event
from engross.apps.exchange import commands, queries
from engross.apps.exchange.commands import following, sending
from engross.apps.exchange.models import Delivery, Webhook
from engross.apps.mail.models import Mail
from engross.apps.registers.commands import correct_entry, record_entry
from engross.apps.registers.registers import register_named
from engross.core.exchange import read_address
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import client_of, member, person
from tools.repository import ROOT

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)
TODAY = date(2021, 12, 1)
_moments = count(1)


class Receiver(BaseHTTPRequestHandler):
    """A program that takes messages as it is told to, and keeps them."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers.items()), body))
        status = self.server.answers.pop(0) if self.server.answers else 204
        if status == "slow":
            self.server.wakes.wait(5)
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver(settings):
    settings.ENGROSS_WEBHOOK_LOCAL = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answers, server.wakes = [], [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_address[1]}/take?it=1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.wakes.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ada(db):
    return person("Ada")


def add(receiver, owner, **wanted):
    return commands.add_webhook(
        owner=owner, url=receiver.url, by=owner, on=TODAY, at=AT, **wanted
    )  # fmt: skip


def happens(by, paper_class="white"):
    number = next(_moments)
    values = {"paper": "operations-report", "month": date(2021, 9, 1), "basis": "record",
              "section": "party-engagement", "text": "wrenhidden", "position": number,
              "paper_class": paper_class}  # fmt: skip
    at = AT + timedelta(minutes=number)
    entry = record_entry(register_named("highlights"), values, by=by, at=at, reason="hush")
    return entry, values


def send(at=AT):
    commands.queue_changes(on=TODAY, at=at)
    return commands.send_due_messages(on=TODAY, clock=lambda: at)


def test_a_change_is_told_by_a_signed_message(receiver, ada, secretary):
    _, secret = add(receiver, ada)
    entry, _ = happens(secretary)

    assert send() == 1

    path, headers, body = receiver.got[0]
    told = json.loads(body)
    assert path == "/take?it=1"
    assert (told["type"], told["data"]["entry"]) == ("row.added", str(entry))
    assert told["data"]["url"].startswith("http")
    assert b"hush" not in body
    assert b"wrenhidden" not in body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{right}"
    assert int(headers["webhook-timestamp"]) == int(AT.timestamp())
    assert send() == 0
    assert len(receiver.got) == 1


def test_the_receiver_of_the_guide_tells_ours_from_others(receiver, ada, secretary):
    guide = (ROOT / "docs/guides/follow-changes-by-machine.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    program = {"__name__": "receiver"}
    exec(code, program)
    _, program["SECRET"] = add(receiver, ada)
    happens(secretary)
    send()
    _, headers, body = receiver.got[0]
    now = AT.timestamp()

    assert program["is_genuine"](headers, body, now=now)
    assert not program["is_genuine"](headers, body + b" ", now=now)
    assert not program["is_genuine"](headers, body, now=now + 301)
    assert not program["is_genuine"]({**headers, "webhook-id": "msg_other"}, body, now=now)


def test_while_the_sites_key_changes_both_keys_sign(receiver, ada, secretary, settings):
    add(receiver, ada)
    happens(secretary)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    send()
    assert len(receiver.got[0][1]["webhook-signature"].split(" v1,")) == 2


def test_only_what_is_wanted_is_told(receiver, ada, secretary):
    add(receiver, ada, registers=["highlights"])
    add(receiver, ada, registers=["parties"])
    add(receiver, ada, kinds=["row.corrected"])
    happens(secretary)
    assert send() == 1


def test_what_happened_before_it_was_added_is_not_told(receiver, ada, secretary):
    happens(secretary)
    add(receiver, ada)
    assert send() == 0


def test_what_the_owner_may_not_read_is_not_told(receiver, ada, secretary):
    add(receiver, ada)
    happens(secretary, "amber")
    assert send() == 0
    assert not Delivery.objects.exists()


def test_what_the_owner_may_read_no_longer_is_not_sent(receiver, ada, secretary):
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    membership = member(ada, "SEC01")
    add(receiver, ada)
    happens(secretary, "green")
    commands.queue_changes(on=TODAY, at=AT)
    membership.delete()

    commands.send_due_messages(on=TODAY, clock=lambda: AT)

    assert receiver.got == []
    assert Delivery.objects.get().state == "void"


def test_what_is_not_taken_is_tried_again_under_its_id(receiver, ada, secretary, settings):
    settings.ENGROSS_WEBHOOK_WAITS = "1, 5"
    add(receiver, ada)
    happens(secretary)
    receiver.answers = [500, 302]

    send()
    assert send() == 0, "not before its time"
    assert send(AT + timedelta(minutes=1)) == 1
    assert "redirects" in Delivery.objects.get().error
    assert send(AT + timedelta(minutes=6)) == 1

    assert Delivery.objects.get().state == "delivered"
    assert [path for path, _, _ in receiver.got] == ["/take?it=1"] * 3
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    times = [headers["webhook-timestamp"] for _, headers, _ in receiver.got]
    assert len(set(times)) == 3, "each attempt is signed for its own time"


def test_after_the_last_attempt_it_stops_and_its_owner_is_told_once(
    receiver, ada, secretary, settings
):
    settings.ENGROSS_WEBHOOK_WAITS = "1"
    made, _ = add(receiver, ada)
    happens(secretary)
    happens(secretary)
    receiver.answers = [500] * 8
    for minutes in range(4):
        send(AT + timedelta(minutes=minutes))

    made.refresh_from_db()
    assert made.is_stopped
    assert "status 500" in made.stopped_why
    assert Mail.objects.filter(to_person=ada, template="exchange/webhook_stopped").count() == 1
    tried = len(receiver.got)
    happens(secretary)
    assert send(AT + timedelta(days=1)) == 0
    assert len(receiver.got) == tried

    receiver.answers = []
    commands.start_again(made, by=ada, at=AT + timedelta(days=1))
    send(AT + timedelta(days=1))
    assert Delivery.objects.filter(state="delivered").count() == 3, "nothing is lost"


def test_a_receiver_that_wants_no_more_is_left_alone(receiver, ada, secretary):
    made, _ = add(receiver, ada)
    happens(secretary)
    receiver.answers = [410]
    send()
    made.refresh_from_db()
    assert made.is_stopped


def test_one_that_fails_holds_up_no_other(receiver, ada, secretary):
    add(receiver, ada)
    good, _ = add(receiver, ada)
    for _ in range(3):
        happens(secretary)
    receiver.answers = [500]
    send()
    assert Delivery.objects.filter(webhook=good, state="delivered").count() == 3
    assert len(receiver.got) == 4, "the failing one was tried once"


def test_a_worker_killed_while_sending_leaves_a_message_to_be_sent_again(
    receiver, ada, secretary, monkeypatch
):
    add(receiver, ada)
    happens(secretary)
    commands.queue_changes(on=TODAY, at=AT)

    def killed(*args, **extra):
        send_message(*args, **extra)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sending, "send_message", killed)
        with pytest.raises(KeyboardInterrupt):
            commands.send_due_messages(on=TODAY, clock=lambda: AT)
    assert send(AT + timedelta(minutes=1)) == 0, "somebody may still have it in hand"
    assert send(AT + timedelta(minutes=11)) == 1

    ids = [headers["webhook-id"] for _, headers, _ in receiver.got]
    assert len(ids) == 2
    assert len(set(ids)) == 1, "its receiver knows the repetition by its id"


def test_a_run_killed_while_queueing_queues_nothing_twice(receiver, ada, secretary, monkeypatch):
    monkeypatch.setattr(following, "EVENTS_AT_ONCE", 2)
    for _ in range(2):
        add(receiver, ada)
    for _ in range(5):
        happens(secretary)
    made, left = Delivery.objects.bulk_create, iter([None, None, None])

    def killed(rows, **extra):
        if next(left, "over") == "over":
            raise KeyboardInterrupt
        return made(rows, **extra)

    with monkeypatch.context() as broken:
        broken.setattr(Delivery.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            commands.queue_changes(on=TODAY, at=AT)
    assert 0 < Delivery.objects.count() < 10

    commands.queue_changes(on=TODAY, at=AT)
    commands.queue_changes(on=TODAY, at=AT)

    assert Delivery.objects.count() == 10
    assert set(Webhook.objects.values_list("told_until", flat=True)) == {Event.objects.count()}


def test_a_receiver_that_trickles_is_given_up(receiver, monkeypatch):
    monkeypatch.setattr(messages, "WHOLE_SECONDS", 0.3)
    receiver.answers = ["slow"]
    sent = send_message(read_address(receiver.url, allows_local=True), b"{}", {}, allows_local=True)
    assert sent.status is None
    assert "No answer" in sent.error
    assert sent.seconds < 3


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["169.254.169.254"], []]
)
def test_a_name_that_leads_inside_is_not_called(found, monkeypatch):
    def never(*args, **extra):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(messages.socket, "create_connection", never)
    to = read_address("https://example.org/")
    sent = send_message(to, b"{}", {}, resolve=lambda host, port: found)
    assert "open internet" in sent.error


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch):
    called = []

    def connect(address, timeout):
        called.append(address)
        raise OSError("down")

    monkeypatch.setattr(messages.socket, "create_connection", connect)
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    sent = send_message(
        read_address("https://example.org/"), b"{}", {}, resolve=lambda *asked: next(answers)
    )
    assert called == [("8.8.8.8", 443)]
    assert "down" in sent.error


def test_a_webhook_leads_to_no_plain_or_inner_address(ada):
    for url in ("http://example.org/", "http://localhost/", "nonsense"):
        with pytest.raises(Refused):
            commands.add_webhook(owner=ada, url=url, by=ada, on=TODAY, at=AT)
    with pytest.raises(Refused, match="no register"):
        commands.add_webhook(owner=ada, url="https://example.org/", registers=["nothing"], by=ada,
                             on=TODAY, at=AT)  # fmt: skip


def test_nobody_keeps_webhooks_in_anothers_name(ada):
    with pytest.raises(Refused, match="not your program"):
        commands.add_webhook(owner=person("Bea"), url="https://example.org/", by=ada, on=TODAY,
                             at=AT)  # fmt: skip


def test_who_manages_a_partys_people_keeps_its_programs_webhooks(ada):
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    member(ada, "SEC01", role="administrator")
    program = person("Robot", kind="service")
    member(program, "SEC01")
    made, _ = commands.add_webhook(
        owner=program, url="https://example.org/", by=ada, on=TODAY, at=AT
    )
    assert list(queries.webhooks_for(ada, on=TODAY)) == [made]
    assert list(queries.webhooks_for(person("Cleo"), on=TODAY)) == []


def test_staff_without_a_second_factor_keep_no_webhooks_of_programs(ada, secretary):
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    member(ada, "SEC01", role="administrator")
    program = person("Robot", kind="service")
    member(program, "SEC01")
    clerk = person("Clerk", is_staff=True)
    with pytest.raises(Refused, match="not your program"):
        commands.add_webhook(owner=program, url="https://example.org/", by=clerk, on=TODAY, at=AT)
    made, _ = commands.add_webhook(
        owner=program, url="https://example.org/", by=ada, on=TODAY, at=AT
    )
    assert list(queries.webhooks_for(clerk, on=TODAY)) == []
    assert list(queries.webhooks_for(secretary, on=TODAY)) == [made]


def test_the_pages_add_try_replay_and_remove(receiver, ada, secretary, settings):
    client = client_of(ada)
    assert client.get("/my/webhooks/").status_code == 200
    refused = client.post("/my/webhooks/add/", {"url": "http://10.0.0.1/"})
    assert refused.status_code == 422
    added = client.post("/my/webhooks/add/", {"url": receiver.url, "kinds": ["row.added"]})
    assert b"whsec_" in added.content
    assert added["Cache-Control"] == "no-store"
    made = Webhook.objects.get()
    page = f"/my/webhooks/{made.pk}/"
    assert b"whsec_" not in client.get(page).content
    happens(secretary)
    send()
    client.post(page, {"do": "try"})
    delivery = Delivery.objects.exclude(position=0).get()
    replayed = client.post(page, {"do": "replay", "delivery": delivery.pk}, follow=True)
    assert "sent again" in replayed.content.decode()
    delivery.refresh_from_db()
    assert delivery.state in ("queued", "delivered")
    first = added.content.split(b"whsec_")[1][:20]
    assert first not in client.post(page, {"do": "secret"}).content
    for asked in ({"do": "no-such"}, {"do": "replay", "delivery": "x"}, {"do": "replay"}):
        assert client.post(page, asked).status_code == 404
    assert client.get(f"{page}remove/").status_code == 200
    assert Webhook.objects.exists()
    client.post(f"{page}remove/", {"confirmed": "yes"})
    assert not Webhook.objects.exists()


def test_to_anybody_else_there_is_no_such_webhook(receiver, ada, client):
    made, _ = add(receiver, ada)
    page = f"/my/webhooks/{made.pk}/"
    bea = client_of(person("Bea"))
    for address in (page, f"{page}remove/"):
        assert bea.get(address).status_code == 404
        assert bea.post(address, {"confirmed": "yes", "do": "secret"}).status_code == 404
        assert client.get(address).status_code == 302
    assert Webhook.objects.exists()


def test_what_was_taken_is_forgotten_after_a_while(receiver, ada, secretary):
    add(receiver, ada)
    happens(secretary)
    send()
    assert commands.forget_deliveries(before=AT) == 0
    assert commands.forget_deliveries(before=AT + timedelta(days=31)) == 1


def test_a_row_that_a_correction_hides_is_told_as_withdrawn(receiver, ada, secretary):
    add(receiver, ada)
    entry, values = happens(secretary)
    at = AT + timedelta(days=2)
    register = register_named("highlights")
    hidden = {**values, "paper_class": "red"}
    correct_entry(register, entry, hidden, by=secretary, at=at, reason="x")
    record_event(action="people.close", subject="people/1", by=secretary, at=at)
    send(at)
    told = [json.loads(body)["type"] for _, _, body in receiver.got]
    assert told == ["row.added", "row.withdrawn"]
