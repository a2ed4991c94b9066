"""What a code's folder says of a paper: its head, its dated forms, attachments and mappings."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engross.adapters.papers.problems import PaperProblem, PaperRefused
from engross.core.codes.codes import Code
from engross.core.codes.problems import nearest
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused
from engross.core.reports.checks import KnownSlip
from engross.core.reports.papers import PaperClass
from engross.core.reports.publication import Comparison, PublishedKey

FILE = "paper.toml"
_HEAD = ("title", "body", "class", "action", "purpose", "recommendation", "author_role")
_KEYS = {
    "": {*_HEAD, "key", "checks", "form", "attachment", "published", "known_slip"},
    "form": {"key", "name", "from", "until", "file", "checks"},
    "attachment": {"key", "title", "class", "file", "forms"},
    "published": {"key", "figure", "comparison", "label", "column", "row"},
    "known_slip": {"subject", "reason", "months"},
}
_NEEDED = {
    "": ("key", "title", "class", "form"),
    "form": ("key", "file"),
    "attachment": ("key", "title", "class", "file"),
    "published": ("key", "figure"),
    "known_slip": ("subject", "reason"),
}


@dataclass(frozen=True)
class Form:
    """The form that a paper takes from one month until another, that one no longer."""

    key: str
    name: str
    file: str
    first_month: Month | None = None
    until_month: Month | None = None
    checks: tuple[str, ...] | None = None

    def holds_in(self, month: Month) -> bool:
        """Return whether a paper about `month` takes this form."""
        return (self.first_month is None or self.first_month <= month) and (
            self.until_month is None or month < self.until_month
        )


@dataclass(frozen=True)
class AttachmentDefinition:
    """A file of another class that goes with a paper; without `forms`, with every form."""

    key: str
    title: str
    class_key: str
    file: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperDefinition:
    """One paper of a code, as its folder describes it."""

    folder: Path
    key: str
    title: str
    body: str
    class_key: str
    action: str
    purpose: str
    recommendation: str
    author_role: str
    forms: tuple[Form, ...]
    attachments: tuple[AttachmentDefinition, ...]
    published: tuple[PublishedKey, ...]
    known_slips: tuple[KnownSlip, ...]
    checks: tuple[str, ...] | None = None

    def form_for(self, month: Month) -> Form:
        """Return the form that a paper about `month` takes; raises Refused if none holds then."""
        for form in self.forms:
            if form.holds_in(month):
                return form
        spans = ", ".join(_span(form) for form in self.forms)
        raise Refused(
            Reason(f"{self.title} has no form for {month.name}", f"Its forms hold {spans}")
        )

    def attachments_of(self, form: Form) -> tuple[AttachmentDefinition, ...]:
        """Return the attachments that go with a form."""
        return tuple(each for each in self.attachments if not each.forms or form.key in each.forms)


def paper_keys(papers_folder: Path) -> tuple[str, ...]:
    """Return the keys of all papers in a code's `papers` folder, in order."""
    return tuple(sorted(path.parent.name for path in papers_folder.glob(f"*/{FILE}")))


def load_paper(papers_folder: Path, key: str) -> PaperDefinition:
    """Return a paper of a code.

    Raises LookupError for an unknown key, PaperRefused with every mistake in `paper.toml`.
    """
    if key not in paper_keys(papers_folder):
        raise LookupError(f"No paper is called '{key}'. {nearest(key, paper_keys(papers_folder))}")
    folder = papers_folder / key
    try:
        written = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        remedy = "Write it as TOML in UTF-8"
        raise PaperRefused([PaperProblem(_name(folder), 0, str(fault), remedy)]) from fault
    if problems := list(_problems(written, folder)):
        raise PaperRefused(problems)
    return _definition(written, folder)


def paper_class(code: Code, key: str) -> PaperClass:
    """Return a class of the code as papers print it; raises LookupError for an unknown key."""
    option = code.option("paper_classes", key)
    return PaperClass(
        key=option.key,
        name=option.name,
        sentence=option.text("sentence"),
        colour=option.text("colour"),
    )


def _definition(written: Mapping[str, object], folder: Path) -> PaperDefinition:
    head = {name: str(written.get(name, "")) for name in _HEAD}
    return PaperDefinition(
        folder=folder,
        key=str(written["key"]),
        title=head["title"],
        body=head["body"],
        class_key=head["class"],
        action=head["action"],
        purpose=head["purpose"],
        recommendation=head["recommendation"],
        author_role=head["author_role"],
        forms=tuple(_form(each) for each in _tables(written, "form")),
        attachments=tuple(_attachment(each) for each in _tables(written, "attachment")),
        published=tuple(_published(each) for each in _tables(written, "published")),
        known_slips=tuple(_slip(each) for each in _tables(written, "known_slip")),
        checks=_named_checks(written),
    )


def _named_checks(each: Mapping[str, object]) -> tuple[str, ...] | None:
    """Return the checks that a paper or one of its forms names; None for all there are."""
    checks = each.get("checks")
    return _texts(checks) if isinstance(checks, list) else None


def _form(each: Mapping[str, object]) -> Form:
    first, until = each.get("from"), each.get("until")
    return Form(
        key=str(each["key"]),
        name=str(each.get("name", each["key"])),
        file=str(each["file"]),
        first_month=Month.parse(str(first)) if first else None,
        until_month=Month.parse(str(until)) if until else None,
        checks=_named_checks(each),
    )


def _attachment(each: Mapping[str, object]) -> AttachmentDefinition:
    return AttachmentDefinition(
        key=str(each["key"]),
        title=str(each["title"]),
        class_key=str(each["class"]),
        file=str(each["file"]),
        forms=_texts(each.get("forms", [])),
    )


def _published(each: Mapping[str, object]) -> PublishedKey:
    return PublishedKey(
        published=str(each["key"]),
        figure=str(each["figure"]),
        comparison=Comparison(str(each.get("comparison", "exact"))),
        label=str(each.get("label", "")),
        column=str(each.get("column", "")),
        row=str(each.get("row", "")),
    )


def _slip(each: Mapping[str, object]) -> KnownSlip:
    return KnownSlip(str(each["subject"]), str(each["reason"]), _texts(each.get("months", [])))


def _problems(written: Mapping[str, object], folder: Path) -> Iterator[PaperProblem]:
    for place, table in _places(written):
        kind = place.partition("[")[0]
        for name in sorted(set(table) - _KEYS[kind]):
            yield _problem(
                folder,
                f"'{name}' means nothing here{_in(place)}",
                nearest(name, _KEYS[kind]),
            )
        for name in _NEEDED[kind]:
            if not table.get(name):
                yield _problem(folder, f"'{name}' is missing{_in(place)}", f"Add '{name} = ...'")
        yield from _bad_values(table, place, folder)


def _bad_values(table: Mapping[str, object], place: str, folder: Path) -> Iterator[PaperProblem]:
    file = table.get("file")
    if file and not (folder / str(file)).is_file():
        remedy = f"Add it to {folder.name}, or name another"
        yield _problem(folder, f"There is no file '{file}'{_in(place)}", remedy)
    for name in ("from", "until"):
        if name in table and not _is_month(table[name]):
            yield _problem(folder, f"'{name}' is no month{_in(place)}", "Write it as '2021-09'")
    comparison = table.get("comparison", "exact")
    if comparison not in {each.value for each in Comparison}:
        choices = nearest(str(comparison), [each.value for each in Comparison])
        yield _problem(folder, f"'{comparison}' is no comparison{_in(place)}", choices)


def _places(
    written: Mapping[str, object],
) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield "", written
    for kind in ("form", "attachment", "published", "known_slip"):
        for number, each in enumerate(_tables(written, kind), start=1):
            yield f"{kind}[{number}]", each


def _tables(written: Mapping[str, object], kind: str) -> list[dict[str, object]]:
    found = written.get(kind, [])
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(each) for each in found) if isinstance(found, list) else ()


def _is_month(value: object) -> bool:
    try:
        Month.parse(str(value))
    except ValueError:
        return False
    return True


def _problem(folder: Path, what: str, remedy: str) -> PaperProblem:
    return PaperProblem(_name(folder), 0, what, remedy)


def _name(folder: Path) -> str:
    return f"papers/{folder.name}/{FILE}"


def _in(place: str) -> str:
    return f" in {place}" if place else ""


def _span(form: Form) -> str:
    first = form.first_month.name if form.first_month else "the beginning"
    until = f"until {form.until_month.name}" if form.until_month else "on"
    return f"from {first} {until}"
