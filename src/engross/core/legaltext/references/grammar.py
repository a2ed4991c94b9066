"""References in one text, with their spans: what they name, and whether it is of this code."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from engross.core.legaltext.numbers import Address, complete
from engross.core.legaltext.references.laws import law_at
from engross.core.legaltext.references.lists import (
    Item,
    heading_at,
    items_at,
    number_end,
    skip_spaces,
)
from engross.core.legaltext.references.styles import Keyword, Naming, ReferenceStyle

Kind = Literal["internal", "external"]

_FAR = frozenset(("that", "those", "such", "each", "either"))


class Reference(NamedTuple):
    """One reference: its span, and the address that it names.

    `until` is the last number of a range. `label` is what a relative reference says ('(a)'), which
    only the text around it can tell in full; `number` is then the likeliest. An external one has
    the other law's name as its document, '' where it says none. `heading` is the heading that it
    quotes, or ''.
    """

    start: int
    end: int
    document: str
    number: str
    until: str = ""
    heading: str = ""
    label: str = ""
    kind: Kind = "internal"

    @property
    def is_range(self) -> bool:
        """Return whether it names everything from one number to another."""
        return bool(self.until)


class _Context(NamedTuple):
    """What 'of …' after a number adds: where it counts from, and where those words end."""

    document: str = ""
    number: str = ""
    end: int = 0
    is_external: bool = False
    is_here: bool = False


_NOTHING = _Context()


def references_in(text: str, here: Address, style: ReferenceStyle) -> list[Reference]:
    """Return the references in a text that stands at `here`, in order; their spans never overlap.

    A number stands in the whole form in which it would be printed: 'Section D7.2(a) or (b)' names
    D7.2(a) and D7.2(b). Words that name nothing certain ('those Sections') are left out.
    """
    found: list[Reference] = []
    reader = None
    last = 0
    for at, keyword in _announced(text, style):
        if at < last:
            continue
        reader = reader or _Reader(text, here, style)
        read = reader.read(at, keyword)
        if read:
            found += read
            last = read[-1].end
    return found


def _announced(text: str, style: ReferenceStyle) -> list[tuple[int, Keyword]]:
    """Return where keywords stand as whole words, in order."""
    places: list[tuple[int, Keyword]] = []
    for stem, keywords in style.by_stem.items():
        at = text.find(stem)
        while at >= 0:
            for keyword in keywords:
                if text.startswith(keyword.word, at) and _is_whole(text, at, keyword.word):
                    places.append((at, keyword))
                    break
            at = text.find(stem, at + len(stem))
    if len(places) > 1:
        places.sort(key=lambda place: place[0])
    return places


def _is_whole(text: str, at: int, word: str) -> bool:
    if not word[0].isalpha():
        return True
    before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
    return not (before.isalnum() or before == "-") and not (after.isalnum() or after == "-")


def root_of(number: str) -> str:
    """Return a number up to its first bracket: '1002.5' of '1002.5(b)(2)'."""
    cut = number.find("(")
    return number if cut < 0 else number[:cut]


def _word_at(text: str, at: int) -> tuple[str, int]:
    end, size = at, len(text)
    while end < size and text[end].isalpha():
        end += 1
    return text[at:end], end


class _Reader:
    """Reads the references of one text that stands at one address."""

    def __init__(self, text: str, here: Address, style: ReferenceStyle) -> None:
        self.text = text
        self.style = style
        self.here = here
        if style.commentary and here.document == style.commentary:
            # 'paragraph (a) of this section' in a comment is one of the section commented on.
            self.here = Address(style.main, f"{style.part}.{here.number.partition('-')[0]}")

    def read(self, at: int, keyword: Keyword) -> list[Reference]:
        """Return the references that a keyword at `at` announces."""
        text, after = self.text, at + len(keyword.word)
        is_this = (
            text[max(0, at - 5) : at].lower() == "this " and not text[at - 6 : at - 5].isalnum()
        )
        start = at - 5 if is_this else at
        begin = skip_spaces(text, after)
        dashes = keyword.naming is Naming.COMMENT
        items = items_at(text, begin, is_plural=keyword.is_plural, dashes=dashes)
        if not items or (begin == after and keyword.word[-1].isalpha()):
            return [self._self(start, after, keyword)] if is_this else []
        context = self._context(items[-1].end)
        if context is None:
            return []
        items[0] = items[0]._replace(start=start)
        items[-1] = items[-1]._replace(end=context.end or items[-1].end)
        if is_this and self.style.is_rooted:
            context = context._replace(is_here=True)
        return list(self._listed(items, keyword, context))

    def _self(self, start: int, end: int, keyword: Keyword) -> Reference:
        """Return what 'this Section' or 'this paragraph' names: where the text itself stands."""
        number = ""
        if keyword.naming is Naming.LOCAL:
            number = self.here.number
        elif self.style.is_rooted and keyword.naming in (Naming.CLAUSE, Naming.STATUTE):
            number = root_of(self.here.number)
        return Reference(start, end, self.here.document, number)

    def _listed(
        self, items: list[Item], keyword: Keyword, context: _Context
    ) -> Iterator[Reference]:
        """Yield a reference for each number of a list; each may lean on the one before it."""
        reference = None
        for item in items:
            reference = self._one(item, keyword, context, reference)
            yield reference

    def _one(
        self, item: Item, keyword: Keyword, context: _Context, before: Reference | None
    ) -> Reference:
        label, relative, kind = item.label, "", "internal"
        base = before.number if before else ""
        document, number = self.here.document, label
        if self._is_elsewhere(label, keyword, context):
            document, kind = context.document, "external"
            number = complete(label, base) if base else label
        elif keyword.naming is Naming.COMMENT:
            document = self.style.commentary
        elif keyword.naming is Naming.DOCUMENT:
            document, number = f"{keyword.family} {label}", ""
        elif label[0] == "(":
            document, number, relative = self._leaning(label, context, before)
        else:
            document, number, kind = self._whole(label, keyword, context, before)
        until = complete(item.until, number) if item.until and number else ""
        return Reference(
            item.start, item.end, document, number, until, item.heading, relative,
            "external" if kind == "external" else "internal",
        )  # fmt: skip

    def _is_elsewhere(self, label: str, keyword: Keyword, context: _Context) -> bool:
        """Return whether a number is one of another law."""
        if context.is_external:
            return True
        part = self.style.part
        is_own = bool(part) and label.startswith(f"{part}.")
        return keyword.naming is Naming.STATUTE and not context.end and not is_own

    def _leaning(
        self, label: str, context: _Context, before: Reference | None
    ) -> tuple[str, str, str]:
        """Return document, number and what is relative, of a label such as '(b)'."""
        document = context.document or self.here.document
        if before:
            relative = complete(label, before.label) if before.label else ""
            return before.document, complete(label, before.number), relative
        if context.number:
            return document, context.number + label, ""
        if self.style.is_rooted and context.is_here:
            return document, root_of(self.here.number) + label, ""
        return document, complete(label, self.here.number), label

    def _whole(
        self, label: str, keyword: Keyword, context: _Context, before: Reference | None
    ) -> tuple[str, str, Kind]:
        """Return document, number and kind of a label such as 'D7.2', 'D', '5.1', '1002.5(b)'."""
        if keyword.naming is not Naming.LOCAL and self.style.part:
            is_own = label.partition(".")[0] == self.style.part
            return (self.style.main, label, "internal") if is_own else ("", label, "external")
        if keyword.naming is Naming.CLAUSE and label[0].isalpha():
            letter = label[:2] if label[1:2].isalpha() else label[:1]
            return f"{keyword.family} {letter}", "" if letter == label else label, "internal"
        if before and before.number[:1].isalpha():
            return before.document, complete(label, before.number), "internal"
        if self.style.part and self.here.document == self.style.main:
            label = f"{self.style.part}.{label}"  # 'paragraph 15(d)(1)', as a comment writes it
        return context.document or self.here.document, label, "internal"

    def _context(self, at: int) -> _Context | None:
        """Return what follows 'of' after a number; an empty one where nothing does.

        None where it counts from something that only a reader can tell ('of that Section').
        """
        text = self.text
        is_of = text.startswith(" of ", at)
        if not is_of and not text.startswith(" to this ", at):
            return _NOTHING
        start = skip_spaces(text, at + 4)
        word, end = _word_at(text, start)
        following = skip_spaces(text, end)
        if word == "this":
            return self._around(following)
        if word in _FAR and self._keyword_at(following):
            return None
        inner = self._inner(start)
        if inner:
            return inner
        if any(text.startswith(name, following) for name in self.style.own_names):
            return _NOTHING
        law = law_at(text, start)
        return _Context(text[start:law], "", law, is_external=True) if law else _NOTHING

    def _keyword_at(self, at: int) -> Keyword | None:
        for keyword in self.style.keywords:
            if self.text.startswith(keyword.word, at) and _is_whole(self.text, at, keyword.word):
                return keyword
        return None

    def _around(self, at: int) -> _Context:
        """Return the context of 'of this Section D7', 'of this Appendix', 'to this part'."""
        text, here = self.text, self.here.document
        word, end = _word_at(text, at)
        if word in self.style.own_names:
            return _Context(here, "", end)
        keyword = self._keyword_at(at)
        if keyword is None:
            return _NOTHING
        begin = skip_spaces(text, end)
        stop = number_end(text, begin)
        label = text[begin:stop]
        is_clause = keyword.naming in (Naming.CLAUSE, Naming.LOCAL)
        number = label if is_clause and any(each.isdecimal() for each in label) else ""
        last = heading_at(text, stop)[1] if label else end
        return _Context(here, number, last, is_here=True)

    def _inner(self, at: int) -> _Context | None:
        """Return the context of 'of Section D7.2', 'of Appendix L', 'of § 1002.5 of this part'."""
        keyword = self._keyword_at(at)
        begin = skip_spaces(self.text, at + len(keyword.word)) if keyword else at
        end = number_end(self.text, begin)
        if keyword is None or end == begin:
            return None
        last = heading_at(self.text, end)[1]
        outer = self._context(last) or _NOTHING
        named = self._one(Item(at, end, self.text[begin:end], "", ""), keyword, outer, None)
        is_external = named.kind == "external"
        return _Context(named.document, named.number, outer.end or last, is_external)
