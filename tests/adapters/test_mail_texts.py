"""The texts of a code's mails: each mistake is told with its file and line."""

import shutil
from dataclasses import replace

import pytest

from engross.adapters.code_folder import code_folder, load_code
from engross.adapters.mail_texts import check_mail_texts, loaded_mail_texts
from engross.core.codes import CodeRefused
from engross.core.notices import EVENTS

PLACE = "codes/example/mail/vote-opened.md"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of a code's folder."""
    return shutil.copytree(code_folder("example"), tmp_path / "example")


def problems(folder) -> str:
    with pytest.raises(CodeRefused) as refusal:
        check_mail_texts(load_code("example"), folder)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Subject: A\n\nHello\n{{ bodi }}\n",
         f"{PLACE}, line 4: 'bodi' is no word of 'vote-opened'. Write 'body'."),
        ("Subject: {{ reason }}\n\n", f"{PLACE}, line 1: 'reason' is no word of 'vote-opened'."),
        ("Subject: A\n\n{{ about.__class__ }}\n", "line 3: A mail's text cannot hold a part of"),
        ("Subject: A\n\n{% for x in about %}{% endfor %}", "line 3: A mail's text cannot hold a"),
        ("Subject: A\n\n{{ about|safe }}{{ body() }}\n", "cannot hold a call"),
        ("Subject: A\n\n{% include 'x' %}\n", "cannot hold 'Include'"),
        ("Subject: A\n\n{% if about %}\n", f"{PLACE}, line 3: Unexpected end of template"),
        ("Subject: {% if body %}A\n{% endif %}\n", f"{PLACE}, line 1: Unexpected end of template"),
        ("Hello\n", f"{PLACE}, line 1: The text has no subject"),
        ("Subject:  \n\nHello\n", "line 1: The text has no subject"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_text_is_told_with_its_line(folder, text, told):
    (folder / "mail" / "vote-opened.md").write_text(text, encoding="utf-8")
    assert told in problems(folder)


def test_all_mistakes_are_told_at_once(folder):
    mail = folder / "mail"
    (mail / "vote-opened.md").unlink()
    (mail / "vote-opend.md").write_text("Subject: A\n", encoding="utf-8")
    (mail / "decision-made.md").write_bytes(b"Subject: \xff\n")
    told = problems(folder)
    assert f"{PLACE}: The text of 'vote-opened' is missing" in told
    assert "mail/vote-opend.md: No event has this text. Write 'vote-opened'" in told
    assert "mail/decision-made.md: " in told


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [("followers", "Take it out"), ("team:ofice", "Write 'office'"), ("body:nobody", "Use one of"),
     ("parties:wick-maker", "Write 'wick-makers'"), ("propser", "Write 'proposer'")],
)  # fmt: skip
def test_a_rule_that_names_nobody_is_told(folder, rule, remedy):
    code = load_code("example")
    listed = code.lists["mail_events"]
    event = listed.options[0]
    wrong = replace(event, attributes={**event.attributes, "recipients": (rule,)})
    lists = {**code.lists, "mail_events": replace(listed, options=(wrong, *listed.options[1:]))}
    with pytest.raises(CodeRefused) as refusal:
        check_mail_texts(replace(code, lists=lists), folder)
    told = str(refusal.value)
    assert told.startswith("codes/example/lists/mail_events.toml, option 'proposal-raised', recip")
    assert remedy in told


def test_an_empty_if_leaves_no_gap():
    words = {"about": "A", "link": "L", "done": "It moved", "stage": "", "reason": "", "next": ""}
    assert loaded_mail_texts("sec")["proposal-moved"].written(words) == (
        "A", "A: It moved.\n\nL\n",
    )  # fmt: skip


def test_the_code_tells_of_every_event_that_the_platform_knows():
    assert set(loaded_mail_texts("sec")) == set(EVENTS)
