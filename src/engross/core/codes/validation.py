"""From plain tables to a Code: everything is checked, and all problems are told at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from engross.core.codes.attributes import Kind, ListSchema
from engross.core.codes.codes import (
    FOUND,
    Code,
    CodeCalendar,
    Option,
    OptionList,
    Parameter,
)
from engross.core.codes.cross_checks import problems_between
from engross.core.codes.problems import CodeProblem, CodeRefused, nearest, shown
from engross.core.codes.reading import SURE, TableReader
from engross.core.codes.reading_parameters import PARAMETER_NAME, parameter_from
from engross.core.codes.schemas import (
    HEAD_TEXTS,
    NATIONS,
    SCHEMAS,
    THEME_COLOURS,
    WORDS,
)

HEAD_FILE = "code.toml"
PARAMETERS_FILE = "parameters.toml"
FRAMEWORK_FILE = "framework.toml"
OPTION_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def list_file(name: str) -> str:
    """Return the file of a list, relative to the code's folder."""
    schema = SCHEMAS.get(name)
    return FRAMEWORK_FILE if schema and schema.in_framework else f"lists/{name}.toml"


def code_from_tables(
    files: Mapping[str, object], *, folder: str = "", earlier: Iterable[CodeProblem] = ()
) -> Code:
    """Return the code that the tables of its files describe.

    `files` maps a file's name in the folder (`lists/bodies.toml`) to its table; `folder` stands
    before it in messages. `earlier` are problems met while reading: their files count as
    present but unreadable, so nothing is said about what they should have held.

    Raises CodeRefused with every problem if there is any.
    """
    return _Reading(files, folder=folder, earlier=tuple(earlier)).code()


class _Reading:
    """One pass over a code's files, gathering problems."""

    def __init__(
        self, files: Mapping[str, object], *, folder: str, earlier: tuple[CodeProblem, ...]
    ) -> None:
        self._files = files
        self._folder = folder
        self._problems = list(earlier)
        self._unreadable = {problem.file for problem in earlier}

    def code(self) -> Code:
        """Return the code, or raise CodeRefused with all problems."""
        head = self._head()
        parameters = self._parameters()
        lists = self._lists()
        self._problems += problems_between(
            lists,
            frozenset(parameters),
            path_of={name: self._path(list_file(name)) for name in SCHEMAS},
            unreadable=frozenset(self._unreadable | {self._path("")}),
            parameters_path=self._path(PARAMETERS_FILE),
        )
        if self._problems:
            raise CodeRefused(self._problems)
        return self._assembled(head, parameters, lists)

    def _assembled(
        self,
        head: TableReader,
        parameters: dict[str, Parameter],
        lists: dict[str, OptionList],
    ) -> Code:
        calendar, words, theme = (head.table(name) for name in ("calendar", "words", "theme"))
        texts = {name: head.text(name) for name in HEAD_TEXTS}
        return Code(
            key=texts["key"],
            name=texts["name"],
            short_name=texts["short_name"],
            administrator=texts["administrator"],
            jurisdiction=texts["jurisdiction"],
            regulator=texts["regulator"],
            first_day=head.day("first_day") or date.min,
            calendar=CodeCalendar(
                calendar.text("country"),
                calendar.text("nation", required=False) or None,
                calendar.text("time_zone"),
            ),
            words=MappingProxyType({name: words.text(name) for name in WORDS}),
            theme=MappingProxyType({name: theme.text(name) for name in THEME_COLOURS}),
            licences=head.texts("licences"),
            lists=MappingProxyType(lists),
            parameters=MappingProxyType(parameters),
        )

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name

    def _reader(self, name: str, *, remedy: str) -> TableReader | None:
        path = self._path(name)
        table = self._files.get(name)
        if isinstance(table, Mapping):
            return TableReader(table, file=path, place="", problems=self._problems)
        if path not in self._unreadable:
            what = "The file is missing" if table is None else "The file does not hold a table"
            self._problems.append(CodeProblem(path, "", what, remedy))
            self._unreadable.add(path)
        return None

    def _head(self) -> TableReader:
        reader = self._reader(HEAD_FILE, remedy="Add it; codes/example shows a small one")
        if reader is None:
            return TableReader({}, file=HEAD_FILE, place="", problems=[])
        for name in HEAD_TEXTS:
            reader.text(name)
        reader.day("first_day", required=True)
        reader.texts("licences")
        self._check_calendar(reader.table("calendar"))
        for name, inner, kind in (
            ("words", WORDS, Kind.TEXT),
            ("theme", THEME_COLOURS, Kind.COLOUR),
        ):
            table = reader.table(name)
            for key in inner:
                table.value(key, kind, required=True)
            table.finish()
        reader.finish()
        return reader

    def _check_calendar(self, calendar: TableReader) -> None:
        country = calendar.text("country")
        nation = calendar.text("nation", required=False)
        zone = calendar.text("time_zone")
        if country and not re.fullmatch("[A-Z]{2}", country):
            calendar.refuse(
                "country", f"'{country[:60]}' is not a country", "Write its ISO code, such as GB"
            )
        nations = NATIONS.get(country, ())
        if nations and nation not in nations:
            calendar.refuse(
                "nation", f"{shown(nation)} is not a nation of {country}", nearest(nation, nations)
            )
        if zone and not re.fullmatch(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", zone):
            calendar.refuse(
                "time_zone", f"{shown(zone)} is not a time zone", "Write it as Europe/London"
            )
        calendar.finish()

    def _parameters(self) -> dict[str, Parameter]:
        reader = self._reader(PARAMETERS_FILE, remedy="Add it; it may be empty")
        found: dict[str, Parameter] = {}
        if reader is None:
            return found
        for name in reader.names():
            if not PARAMETER_NAME.fullmatch(name):
                reader.refuse(name[:60], f"{shown(name)} is no name", "Use a-z, 0-9 and _")
            found[name] = parameter_from(name, reader.table(name))
        reader.finish()
        return found

    def _lists(self) -> dict[str, OptionList]:
        known = {list_file(name): name for name in SCHEMAS}
        known.pop(FRAMEWORK_FILE, None)
        for file in self._files:
            if file not in known and file not in (HEAD_FILE, PARAMETERS_FILE, FRAMEWORK_FILE):
                stems = {name: path for path, name in known.items()}
                stem = str(file).removeprefix("lists/").removesuffix(".toml")
                self._problems.append(
                    CodeProblem(
                        self._path(str(file)[:100]),
                        "",
                        f"No code has a list '{stem[:60]}'",
                        nearest(stem, stems),
                    )
                )
        framework = self._framework()
        return {
            name: self._list(name, schema, self._table_of(name, schema, framework))
            for name, schema in SCHEMAS.items()
        }

    def _framework(self) -> TableReader | None:
        """Return the file that holds the way in which the code is changed, if there is one."""
        if FRAMEWORK_FILE not in self._files:
            return None
        reader = self._reader(FRAMEWORK_FILE, remedy="Leave it out, or write its lists")
        if reader is not None:
            for name, schema in SCHEMAS.items():
                if schema.in_framework:
                    reader.raw(name)
            reader.finish()
        return reader

    def _table_of(
        self, name: str, schema: ListSchema, framework: TableReader | None
    ) -> TableReader | None:
        if schema.in_framework:
            has_it = framework is not None and framework.raw(name) is not None
            return framework.table(name) if framework and has_it else None
        if schema.required or list_file(name) in self._files:
            return self._reader(list_file(name), remedy=f"Add it with {schema.meaning}")
        return None

    def _list(self, name: str, schema: ListSchema, reader: TableReader | None) -> OptionList:
        if reader is None:
            return OptionList(name, schema.meaning, "", FOUND, (), ())
        meaning, clause = reader.text("meaning"), reader.text("clause")
        sure = reader.choice("sure", SURE)
        assumptions = reader.texts("assumptions")
        entries = reader.raw("option")
        options: list[Option] = []
        if isinstance(entries, list) and entries:
            for position, entry in enumerate(entries, start=1):
                option = self._option(
                    entry, reader, schema, position=position, clause=clause, sure=sure
                )
                if option is not None:
                    options.append(option)
        else:
            reader.refuse("option", "The list has no options", "Add them as [[option]]")
        reader.finish()
        return OptionList(name, meaning, clause, sure, assumptions, tuple(options))

    def _option(
        self,
        entry: object,
        within: TableReader,
        schema: ListSchema,
        *,
        position: int,
        clause: str,
        sure: str,
    ) -> Option | None:
        if not isinstance(entry, Mapping):
            within.refuse(f"option {position}", f"It is {shown(entry)}", "Write it as [[option]]")
            return None
        named = entry.get("key")
        place = f"option '{named[:60]}'" if isinstance(named, str) else f"option {position}"
        place = ", ".join(part for part in (within.place, place) if part)
        reader = TableReader(entry, file=within.file, place=place, problems=self._problems)
        key, name = reader.text("key"), reader.text("name")
        if key and not OPTION_KEY.fullmatch(key):
            reader.refuse("key", f"{shown(key)} is not a key", "Use a-z, 0-9 and - between words")
        held_from, held_until = reader.day("from"), reader.day("until")
        if held_from and held_until and held_until <= held_from:
            reader.refuse(
                "until",
                f"It ends on {held_until}, before it begins",
                f"Write a day after {held_from}: the first day on which it no longer holds",
            )
        option = Option(
            key=key,
            name=name,
            plural=reader.text("plural", required=False) or name,
            aliases=reader.texts("aliases"),
            held_from=held_from,
            held_until=held_until,
            clause=reader.text("clause", required=False) or clause,
            sure=reader.choice("sure", SURE) if "sure" in entry else sure,
            note=reader.text("note", required=False),
            attributes=MappingProxyType(
                {
                    each: reader.value(each, attribute.kind, required=attribute.required)
                    for each, attribute in schema.attributes.items()
                }
            ),
        )
        reader.raw("sure")
        reader.finish()
        return option
