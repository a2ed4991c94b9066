"""What a file of legal text was understood as: the change set that it is on a chosen base."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

import msgspec

from engross.adapters.legaltext.canonical_json import kind_of_json
from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.adapters.legaltext.files import kind_of, text_in
from engross.adapters.legaltext.tracked_lines import change_lines
from engross.adapters.legaltext.word_reading import code_after, code_before, read_word
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.comparison import compare
from engross.core.legaltext.provisions import Code, Document
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Understood:
    """A change set as a file was understood, with what is to be known of that.

    `lines` are Word's tracked changes, one a line; `remarks` what was odd about the file.
    """

    said: Said
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def understood(
    content: bytes, *, file_name: str, name: str, base: Code, document: str
) -> Understood:  # fmt: skip
    """Return the change set that a file is on a base; `document` says which document it holds.

    Raises Refused, with every element that is not understood, if it is neither a change set nor
    a text, or if it does not fit the base.
    """
    kind = kind_of(content, file_name)
    if kind == "json" and kind_of_json(content) == "change set":
        said = change_set_from_json(content, name=file_name)
        return Understood(msgspec.structs.replace(said, change_set=name))
    if kind == "word":
        return _tracked(content, file_name=file_name, name=name, base=base, document=document)
    stem = document or PurePath(file_name).stem
    read = text_in(content, name=file_name, stem=stem)
    new = _named(read.code, document)
    return Understood(_difference(base, new, name), remarks=read.remarks)


def _tracked(
    content: bytes, *, file_name: str, name: str, base: Code, document: str
) -> Understood:  # fmt: skip
    text = read_word(content)
    stem = document or PurePath(file_name).stem
    before, after = code_before(text, stem), code_after(text, stem)
    said = _difference(base, _named(after.code, document), name)
    remarks = (*text.notices, *after.remarks, *_off_base(base, _named(before.code, document)))
    return Understood(said, tuple(change_lines(text)), remarks)


def _off_base(base: Code, before: Code) -> Iterable[str]:
    """Yield where a file without its tracked changes does not read as the base does."""
    names = {each.document for each in before.documents}
    own = Code(tuple(each for each in base.documents if each.document in names))
    missing = names - {each.document for each in own.documents}
    for each in sorted(missing):
        yield f"The text that it is drafted on has no {each}: it is added as a document"
    found = compare(own, before).entries if own.documents else ()
    if found:
        where = ", ".join(dict.fromkeys(each.new or each.old or "its title" for each in found[:5]))
        yield (
            "Without its tracked changes the file does not read as the text that it is drafted "
            f"on: it differs at {where}. What differs is taken as changed"
        )


def _difference(base: Code, new: Code, name: str) -> Said:
    """Return what makes documents of a base read as given; those that are not given stay."""
    given = {each.document: each for each in new.documents}
    known = {each.document for each in base.documents}
    documents = [given.get(each.document, each) for each in base.documents]
    documents += [each for each in new.documents if each.document not in known]
    said = changes_from(align(base, Code(tuple(documents))), name)
    if not said.operations:
        what = "The file reads as the text that it is drafted on"
        raise Refused(Reason(what, "Choose the file that holds the changes, or another version"))
    return said


def _named(code: Code, document: str) -> Code:
    """Return a text whose one document is called as the person says."""
    if not document or len(code.documents) != 1:
        return code
    only: Document = code.documents[0]
    return Code((msgspec.structs.replace(only, document=document),))


def redlined(base: Code, said: Said) -> Aligned:
    """Return the documents that a change set touches, before and after; raises Refused."""
    made = apply(base, said).code
    before = {document.document: document for document in base.documents}
    after = {document.document: document for document in made.documents}
    touched = [
        name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)
    ]
    return align(_only(base, before, touched), _only(made, after, touched))


def _only(code: Code, documents: dict[str, Document], names: Iterable[str]) -> Code:
    kept = tuple(documents[name] for name in names if name in documents)
    return msgspec.structs.replace(code, documents=kept)
