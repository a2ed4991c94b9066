"""Every mail that a code's data promise is sent by something, and nothing sends one unknown."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import engross.apps
from engross.adapters.code_folder import load_code
from engross.core.notices import EVENTS

APPS = Path(engross.apps.__file__).parent
CODES = ("sec", "sec-code-manager", "example")


@cache
def senders() -> dict[Path, ast.Module]:
    """Return the modules that send notices, as they are written."""
    found = {}
    for path in APPS.rglob("*.py"):
        text = path.read_text()
        if "send_notice(" in text and "def send_notice(" not in text:
            found[path] = ast.parse(text)
    return found


def named_in(module: ast.Module) -> set[str]:
    """Return the words of a module: its events are among them, whoever hands them on."""
    return {each.value for each in ast.walk(module)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)}  # fmt: skip


def sent_by_name(module: ast.Module) -> Iterator[str]:
    """Yield the events that a module sends by their own name, or by a name it gives one."""
    constants = {
        target.id: each.value.value
        for each in module.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for each in ast.walk(module):
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "send_notice":
            first = each.args[0]
            key = first.value if isinstance(first, ast.Constant) else constants.get(
                getattr(first, "id", ""), "")  # fmt: skip
            if key:
                yield key


def moved(code) -> set[str]:
    """Return the mails that a code's moves send."""
    return {key for move in code.options("proposal_moves") for key in move.texts("mails")}


@pytest.mark.once
@pytest.mark.parametrize("name", CODES)
def test_every_mail_in_a_code_s_data_has_a_sender(name):
    code = load_code(name)
    sent = set().union(*(named_in(module) for module in senders().values())) | moved(code)
    promised = {each.key for each in code.options("mail_events")}
    assert promised - sent == set()


@pytest.mark.once
def test_every_sender_names_a_mail_that_the_code_s_data_have():
    known = {each.key for each in load_code("sec").options("mail_events")}
    sent = {key for module in senders().values() for key in sent_by_name(module)}
    assert len(sent) >= 10  # the modules were found at all
    assert sent - known == set()
    assert set(EVENTS) == known  # the platform knows no event that the full code leaves out


@pytest.mark.once
def test_a_missing_sender_would_be_found():
    module = ast.parse('send_notice("tea-is-ready", at=at)')
    assert set(sent_by_name(module)) == {"tea-is-ready"}
    assert "coffee-is-ready" not in named_in(module)
