"""Checks between the entries of a code's lists: what each refers to, and what clashes."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from engross.core.codes.attributes import Attribute, Kind
from engross.core.codes.codes import Option, OptionList, words_of
from engross.core.codes.framework_checks import faults_of_framework
from engross.core.codes.problems import CodeProblem, nearest
from engross.core.codes.schemas import SCHEMAS

TITLE_WORDS = ("number", "month")


def problems_between(
    lists: Mapping[str, OptionList],
    parameters: frozenset[str],
    *,
    path_of: Mapping[str, str],
    unreadable: frozenset[str],
    parameters_path: str,
) -> list[CodeProblem]:
    """Return what is wrong between entries, lists and parameters that each are well formed.

    Nothing is said about references into a file that could not be read.
    """
    checks = _Checks(lists, parameters, path_of, unreadable, parameters_path)
    return list(checks.problems())


def _overlap(one: Option, other: Option) -> bool:
    begins = max(one.held_from or date.min, other.held_from or date.min)
    ends = min(one.held_until or date.max, other.held_until or date.max)
    return begins < ends


class _Checks:
    """All checks over one code, so that each need not be handed every list."""

    def __init__(
        self,
        lists: Mapping[str, OptionList],
        parameters: frozenset[str],
        path_of: Mapping[str, str],
        unreadable: frozenset[str],
        parameters_path: str,
    ) -> None:
        self._lists = lists
        self._parameters = parameters
        self._path_of = path_of
        self._unreadable = unreadable
        self._knows_parameters = parameters_path not in unreadable

    def problems(self) -> Iterator[CodeProblem]:
        """Yield every problem, list by list."""
        for name, options in self._lists.items():
            yield from self._clashes(name, options)
            yield from self._needed_flags(name, options)
            for option in options:
                yield from self._references(name, option)
        yield from self._identifiers()
        yield from self._stages()
        yield from self._titles()
        for name, option, attribute, what, remedy in faults_of_framework(self._lists):
            yield self._problem(name, option, attribute, what, remedy)

    def _problem(
        self, name: str, option: Option | None, attribute: str, what: str, remedy: str
    ) -> CodeProblem:
        place = f"option '{option.key[:60]}'" if option else "option"
        key = f"{place}, {attribute}" if attribute else place
        return CodeProblem(self._path_of[name], key, what, remedy)

    def _clashes(self, name: str, options: OptionList) -> Iterator[CodeProblem]:
        """Yield entries with one key at the same time, and names that could mean two entries."""
        by_key: dict[str, list[Option]] = {}
        by_word: dict[str, list[Option]] = {}
        for option in options:
            by_key.setdefault(option.key, []).append(option)
            for word in words_of(option):
                by_word.setdefault(word, []).append(option)
        for key, spells in by_key.items():
            spells.sort(key=lambda option: option.held_from or date.min)
            for one, other in pairwise(spells):
                if key and _overlap(one, other):
                    yield self._problem(
                        name,
                        other,
                        "key",
                        f"'{key[:60]}' appears twice for the same time",
                        "Give one of them another key, or end the first where the second begins",
                    )
        for word, called in by_word.items():
            for one, other in pairwise(called):
                if word and one.key != other.key and _overlap(one, other):
                    yield self._problem(
                        name,
                        other,
                        "",
                        f"'{word[:60]}' is also a name of '{one.key[:60]}'",
                        "Give each its own names and aliases",
                    )

    def _needed_flags(self, name: str, options: OptionList) -> Iterator[CodeProblem]:
        if not len(options):
            return
        for flag in SCHEMAS[name].needs_one:
            if not any(option.attributes[flag] is True for option in options):
                yield self._problem(
                    name, None, flag, f"No option has {flag} = true", "Set it on at least one"
                )

    def _references(self, name: str, option: Option) -> Iterator[CodeProblem]:
        for each, attribute in SCHEMAS[name].attributes.items():
            known = self._known(attribute)
            if known is None:
                continue
            value = option.attributes[each]
            wanted = value if isinstance(value, tuple) else (value,)
            for reference in wanted:
                if reference and reference not in known:
                    what = f"'{str(reference)[:60]}' is not {_described(attribute)}"
                    yield self._problem(name, option, each, what, nearest(str(reference), known))

    def _known(self, attribute: Attribute) -> frozenset[str] | None:
        """Return what the attribute may refer to; None if nothing or if that cannot be told."""
        if attribute.kind is Kind.LIST:
            return frozenset(SCHEMAS)
        if attribute.kind is Kind.PARAMETER:
            return self._parameters if self._knows_parameters else None
        if attribute.refers_to and self._path_of[attribute.refers_to] not in self._unreadable:
            return frozenset(option.key for option in self._lists[attribute.refers_to])
        return None

    def _identifiers(self) -> Iterator[CodeProblem]:
        """Yield identifier forms whose own example they would not recognise."""
        name = "proposal_identifiers"
        for option in self._lists[name]:
            pattern = option.text("pattern")
            if not pattern:
                continue
            if "number" not in re.compile(pattern).groupindex:
                yield self._problem(
                    name,
                    option,
                    "pattern",
                    "The pattern does not say which part is the number",
                    r"Name it, such as (?P<number>\d{3})",
                )
            elif option.text("example") and not re.fullmatch(pattern, option.text("example")):
                yield self._problem(
                    name,
                    option,
                    "example",
                    f"'{option.text('example')[:60]}' does not fit the pattern",
                    "Correct the example or the pattern",
                )

    def _stages(self) -> Iterator[CodeProblem]:
        """Yield stages that contradict themselves or bear a prefix that no identifier has."""
        name = "proposal_stages"
        prefixes = {option.text("prefix") for option in self._lists["proposal_identifiers"]}
        is_known = self._path_of["proposal_identifiers"] not in self._unreadable
        for option in self._lists[name]:
            if option.flag("is_open") and option.flag("is_final"):
                yield self._problem(
                    name, option, "is_final", "A final stage is also open", "Set one of them false"
                )
            prefix = option.text("prefix")
            if prefix and is_known and prefix not in prefixes:
                what = f"'{prefix[:60]}' is no prefix of an identifier"
                yield self._problem(name, option, "prefix", what, nearest(prefix, prefixes))

    def _titles(self) -> Iterator[CodeProblem]:
        """Yield meeting titles with a placeholder that nothing fills."""
        for option in self._lists["bodies"]:
            for word in re.findall(r"\{([^}]*)\}", option.text("meeting_title")):
                if word not in TITLE_WORDS:
                    yield self._problem(
                        "bodies",
                        option,
                        "meeting_title",
                        f"Nothing fills '{{{word[:60]}}}'",
                        "Use {number} or {month}",
                    )


def _described(attribute: Attribute) -> str:
    match attribute.kind:
        case Kind.PARAMETER:
            return "a parameter of this code"
        case Kind.LIST:
            return "a list"
    return f"an option of {attribute.refers_to}"
