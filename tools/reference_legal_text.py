"""Print the reference of legal text: its formats, its JSON and the operations of change sets.

    python -m tools.reference_legal_text [schema]

The fields and operations are read from the code; what each field means is told here. A field
without a meaning, or a meaning without a field, is a fault. With `schema`: the JSON Schema.
"""

import inspect
import json
import sys
from collections.abc import Iterator
from typing import get_args

import msgspec

from engross.adapters.legaltext.canonical_json import json_schema
from engross.cli.text import COMMANDS
from engross.core.legaltext.change_sets import ChangeSet, Operation
from engross.core.legaltext.provisions import Document, Inline, Provision, Table
from engross.core.legaltext.soundness import DEEPEST
from tools.reference_parts import table

HEAD = (
    """# Legal text

<!-- Made by `python -m tools.reference_legal_text` from src/engross. Change it there. -->

[Work with legal text](../guides/work-with-legal-text.md) shows the commands at work. What a file
is, its content tells and not its name.

## Formats

| format | ends in | read | written | carries |
| --- | --- | --- | --- | --- |
| canonical JSON | `.json` | yes | yes | everything |
| Word | `.docx` | with tracked changes | clean or redline | all; marks that cross, long ids told |
| Akoma Ntoso 3.0 | `.xml`, `.akn` | the subset that is written | yes | everything |
| Markdown | `.md` | yes | yes | everything but ids; marks that cross or touch are told |
| numbered text | `.txt` | yes | yes | numbers, words and tables |

A folder is a code: each file in it with one of these endings is a document, or several. Files whose
name begins with `.` or `~` are passed over, others are named.

## Numbered text and Markdown

One paragraph is one line, its number first. Lines that were wrapped at a width are joined, and it
is said.

```
# Section D: Modification Process

## D1 Raising Modification Proposals

D1.1 Any Party may raise a proposal, and shall give:

(a) its name; and

(b) its reason,

in the form that the Panel sets.

### D1.2 Form of a proposal

A proposal shall be in writing.

**Working Day** means a day that is no holiday.

| Step | Days |
| --- | --- |
| Report | 10 |
```

- Numbers say what stands under what: `D7`, `D7.2`, `D7.2(a)`, `D7.2(a)(i)`. A label such as `(a)`
  is completed from what it stands under; `(i)` is a letter after `(h)` unless `(ii)` follows.
- An unnumbered paragraph stands under the clause above it, after its list; indented under an item
  of the list, it is that item's. Right below a heading it is the heading's own text.
- The lettered limbs of a definition are its own: `(a)`, not `A1.1(a)`.
- A table belongs to the paragraph above it.
- Where none of that says what is meant, a comment before the paragraph does: `<!-- level 2 -->`
  (1 is the top), `<!-- no number -->`, `<!-- number: Part 2 -->`, `<!-- empty -->`,
  `<!-- document -->` before a title, `<!-- language cy -->` after it.
- Marks are those of Markdown: `**strong**`, `*emphasis*`, `[words](address)`, `<sup>`, `<sub>`,
  `[^1]` with `[^1]: the note` on a line of its own. A backslash takes a sign's meaning away, and at
  the end of a line it breaks the line within the paragraph.
- A file without any heading of Markdown is plain: every sign in it is text, its title is a line
  such as `Appendix L: Recovery Procedure`, and a short numbered line that is no sentence is a
  heading.

Files are UTF-8, or UTF-16 with its mark, and have 64 MB at most.

## Canonical JSON

One document, or `{"documents": [...]}` in their order. The schema is
[legal-text.schema.json](legal-text.schema.json). Keys stand in this order, and all that are needed
are always written. Provisions nest at most """
    + f"""{DEEPEST} deep.

"""
)

KINDS: tuple[tuple[str, type[msgspec.Struct], dict[str, str]], ...] = (
    (
        "A document",
        Document,
        {
            "document": "What it is called: `Section D`, `Schedule 2`, `Appendix AB`",
            "title": "Its title",
            "language": "Its language, as in HTML",
            "provisions": "Its provisions, in order",
        },
    ),
    (
        "A provision",
        Provision,
        {
            "id": "Its permanent id, borne by no other and never used again; null without one",
            "number": "Its whole number as printed: `D7.2(a)`; empty without one",
            "heading": "Its heading; null without one",
            "text": "What it says, without marks",
            "inlines": "Marks over the text; left out where there are none",
            "table": "Its table; left out where there is none",
            "children": "What stands under it, in order",
        },
    ),
    (
        "A mark",
        Inline,
        {
            "kind": "`strong`, `emphasis`, `footnote`, `link`, `superscript` or `subscript`",
            "start": "Where it begins in the text, in code points",
            "end": "Where it ends: the first place that it does not cover",
            "note": "The text of a footnote, the address of a link",
        },
    ),
    ("A table", Table, {"rows": "Rows of cells as they read; rows may differ in length"}),
)

REFUSED = """## What is refused, and what is remarked upon

Refused, with the place of each: two provisions with one id, an id that stands under itself, marks
outside their text, documents of one name, keys that are not known, nesting without end.
Remarked upon on standard error, and taken as it is: two provisions with one number, numbers out of
order. `engross text check` exits with 1 for these.

"""

CHANGES = """## Change sets

`engross text changes` makes one, and it can be undone: every operation holds what it takes away.
All operations speak of the base at once.

"""

SETTINGS_OF_A_SET = {
    "change_set": "Its name: the proposal's, such as `MP123`",
    "operations": "What it does",
    "title": "What it does, for people",
    "base_version": "The version of the code it was drafted on: `46.0`",
    "base": "The hash of the text it was drafted on",
    "result": "The hash of the text it makes",
    "day": "Its day",
    "note": "A note for people",
}


def fields(kind: type[msgspec.Struct], meanings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a struct's keys with their meanings. Raises LookupError where one lacks the other."""
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    if odd := set(names) ^ set(meanings):
        raise LookupError(f"{kind.__name__}: {', '.join(sorted(odd))} is a key or told, not both")
    for name in names:
        yield f"`{name}`", meanings[name]


def operations() -> Iterator[tuple[str, str]]:
    """Yield every operation of a change set with what it does."""
    for kind in get_args(Operation):
        tag = kind.__struct_config__.tag
        yield f"`{tag}`", (inspect.getdoc(kind) or "").partition("\n")[0]


def reference() -> str:
    """Return the page."""
    lines: list[str] = []
    for heading, kind, meanings in KINDS:
        lines += [f"### {heading}", "", *table(("key", "what it is"), fields(kind, meanings)), ""]
    changes = table(("key", "what it is"), fields(ChangeSet, SETTINGS_OF_A_SET))
    doing = table(("operation", "what it does"), operations())
    commands = table(
        ("command", "what it does"),
        ((f"`engross text {name}`", lazy.help) for name, lazy in sorted(COMMANDS.items())),
    )
    return (
        f"{HEAD}{_joined(lines)}{REFUSED}{CHANGES}{_joined([*changes, '', *doing, ''])}"
        f"## Commands\n\n{_joined(commands)}"
    )


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Print the page, or the schema."""
    if arguments == ["schema"]:
        print(json.dumps(json_schema(), indent=2))
    else:
        print(reference(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
