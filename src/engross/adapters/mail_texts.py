"""The texts of a code's mails: files of its folder `mail`, checked, and filled with words.

A text is a head, `Subject: ...`, an empty line and the body, in plain text. It may print its
event's words as `{{ about }}` and ask whether one is there with `{% if reason %}`; no more, so
that nothing that a code's folder says can reach into the platform.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engross.adapters.code_folder import LARGEST_FILE_BYTES, folder_with, load_code
from engross.core.codes import Code, CodeProblem, CodeRefused
from engross.core.codes.problems import nearest
from engross.core.notices import EVENTS, problems_of_events, words_of

FOLDER = "mail"
HEAD = "Subject: "
REMEDY = "Print words as {{ about }}, and ask for one with {% if reason %} ... {% endif %}"
# What an `if` leaves behind that held nothing.
_EMPTY_LINES = re.compile(r"\n[ \t]*\n([ \t]*\n)+")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And,
    nodes.Or,
)  # fmt: skip


@dataclass(frozen=True)
class MailText:
    """The text of one event's mail, to be filled; `words` are those that it uses."""

    subject: Template
    body: Template
    words: frozenset[str]

    def written(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Return subject and body with the words in their places."""
        body = _EMPTY_LINES.sub("\n\n", self.body.render(words)).strip()
        return self.subject.render(words).strip(), body + "\n"


def check_mail_texts(code: Code, folder: Path) -> None:
    """Look through a code's list of mails and all their texts.

    Raises CodeRefused with every mistake, each with its file and line.
    """
    problems = [*problems_of_events(code, folder=f"codes/{folder.name}")]
    used: dict[str, list[str]] = {}
    for option in code.options("mail_events"):
        if option.key in EVENTS:
            used.setdefault(option.text("template"), []).append(option.key)
    files = {path.stem: path for path in sorted((folder / FOLDER).glob("*.md"))}
    for name in sorted({*used} - {*files}):
        place = f"codes/{folder.name}/{FOLDER}/{name}.md"
        what = f"The text of '{used[name][0]}' is missing"
        problems.append(CodeProblem(place, "", what, "Add it, with 'Subject: ' at its head"))
    for name, path in files.items():
        problems += _problems_in(path, used.get(name, []), set(used))
    if problems:
        raise CodeRefused(problems)


@lru_cache(maxsize=4)
def loaded_mail_texts(key: str) -> Mapping[str, MailText]:
    """Return the text of each event's mail of a code, by event, read once in a process.

    Raises CodeRefused with every mistake in them.
    """
    code, folder = load_code(key), folder_with(key, FOLDER)
    check_mail_texts(code, folder)
    options = code.options("mail_events")
    return {option.key: _text_in(folder / FOLDER / f"{option.text('template')}.md")
            for option in options}  # fmt: skip


def _environment() -> ImmutableSandboxedEnvironment:
    # The body of a mail is plain text: nothing in it is markup, so nothing is escaped.
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, lstrip_blocks=True
    )


def _text_in(path: Path) -> MailText:
    text = path.read_text(encoding="utf-8")
    subject, body = _parted(text)
    environment = _environment()
    words = frozenset(name.name for name in environment.parse(text).find_all(nodes.Name))
    return MailText(environment.from_string(subject), environment.from_string(body), words)


def _parted(text: str) -> tuple[str, str]:
    first, _, body = text.partition("\n")
    return first.removeprefix(HEAD), body.lstrip("\n")


def _problems_in(path: Path, events: list[str], known: set[str]) -> list[CodeProblem]:
    """Return what is wrong with one text, for each event that it is the text of."""
    place = f"codes/{path.parents[1].name}/{FOLDER}/{path.name}"

    def problem(line: int, what: str, remedy: str) -> CodeProblem:
        return CodeProblem(place, f"line {line}" if line else "", what, remedy)

    if not events:
        return [problem(0, "No event has this text", nearest(path.stem, known))]
    try:
        text = _read(path)
        _parts_stand_alone(text)
        found = list(_faults(_environment().parse(text), events))
    except TemplateSyntaxError as fault:
        return [problem(fault.lineno, (fault.message or "").rstrip("."), REMEDY)]
    except (ValueError, RecursionError, TemplateError) as fault:
        return [problem(0, str(fault).rstrip("."), REMEDY)]
    if not text.startswith(HEAD) or not _parted(text)[0].strip():
        found.insert(0, (1, "The text has no subject", "Begin it with 'Subject: ', then its words"))
    return [problem(*each) for each in found]


def _read(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise ValueError(f"It is larger than {LARGEST_FILE_BYTES // 1024} KB")
    return path.read_text(encoding="utf-8")


def _parts_stand_alone(text: str) -> None:
    """Raise TemplateSyntaxError, with its line in the file, if head or body is not whole."""
    first, _, body = text.partition("\n")
    for part, before in ((first, 0), (body, 1)):
        try:
            _environment().parse(part)
        except TemplateSyntaxError as fault:
            raise TemplateSyntaxError(fault.message or "", fault.lineno + before) from fault


def _faults(tree: nodes.Template, events: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield line, fault and remedy of whatever a text may not hold."""
    known = set.intersection(*(set(words_of(event)) for event in events))
    for node in _nodes_of(tree):
        if not isinstance(node, _ALLOWED):
            yield node.lineno, f"A mail's text cannot hold {_kind_of(node)}", REMEDY
        elif isinstance(node, nodes.Name) and node.name not in known:
            what = f"'{node.name[:60]}' is no word of '{events[0]}'"
            yield node.lineno, what, nearest(node.name, known)


def _nodes_of(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _nodes_of(child) if isinstance(node, _ALLOWED) else ()


def _kind_of(node: nodes.Node) -> str:
    names = {"Getattr": "a part of a word", "Getitem": "a part of a word", "Call": "a call",
             "Filter": "a filter", "For": "a loop"}  # fmt: skip
    return names.get(type(node).__name__, f"'{type(node).__name__}'")
