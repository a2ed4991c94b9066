"""Notices that changed two federal regulations, as change sets of ours on the text before.

Applied to its left version each gives its right version, wherever the notice tells all. Elsewhere
what it does not tell, and what it tells but is not so, is named: in these data such things are
slips of their makers, to be detected and not to be followed.
"""

import json
from functools import cache
from typing import Any, NamedTuple

import pytest

from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.editing import edit
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.provisions import Code
from tests.conftest import CORPUS
from tests.support.regulations import (
    Conversion,
    Notice,
    covers,
    is_seen_in,
    own_texts,
    read_notice,
    read_regulation,
)

pytestmark = pytest.mark.corpus

FOLDER = CORPUS / "legal" / "cfpb-regulations"
STEPS = [
    *(("1013", at) for at in range(6)),
    *(("1002", at) for at in range(5)),
]
# What a notice says and the version after it does not show: its editors' tool lost it.
NOT_TAKEN_UP = {
    ("1002", "2013-22752"): ["14-b-3-1", "14-b-3-1-i", "14-b-3-3", "14-b-3-3-v", "14-b-3-3-vi"],
    ("1002", "2017-20417_20180101"): [
        "5-a-2-Interp", "5-a-2-Interp-4", "12-b-Interp", "13-a-Interp", "13-a-Interp-8",
        "13-b-Interp",
    ],
}  # fmt: skip
# What changed under a label that a notice speaks of, and is said of another label that it invents.
TOLD_ELSEWHERE = {
    ("1002", "2013-22752"): [
        "14-b-3-Interp-1-i", "14-b-3-Interp-3-v", "14-b-3-Interp-3-vi",
    ],
}  # fmt: skip


class Step(NamedTuple):
    """A notice with the texts before and after it, and what chain.json says of it."""

    part: str
    facts: dict[str, Any]
    notice: Notice
    left: Code
    right: Code

    @property
    def changes(self) -> ChangeSet:
        """The notice as a change set of ours."""
        said = Conversion(self.left, self.notice.changes).instructions()
        return edit(self.left, said, self.facts["notice"])

    def differing(self, one: Code, other: Code) -> list[str]:
        """Return the labels that say unlike things in two texts, or stand in one only."""
        a, b = own_texts(one), own_texts(other)
        return sorted(label for label in a.keys() | b.keys() if a.get(label) != b.get(label))

    def uncovered(self, labels: list[str]) -> list[str]:
        """Return the labels that no operation of the notice speaks of, whole as printed."""
        return [
            f"{self.part}-{label}"
            for label in labels
            if not any(covers(change, label) for change in self.notice.changes)
        ]


@cache
def _chain(part: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / part / "chain.json").read_text())
    return found


@cache
def _version(part: str, name: str) -> Code:
    return read_regulation(FOLDER / part / "regulation" / f"{name}.xml")


@pytest.fixture(params=STEPS, ids=lambda step: f"{step[0]}-{step[1]}")
def step(request: pytest.FixtureRequest) -> Step:
    part, at = request.param
    facts = _chain(part)["steps"][at]
    notice = read_notice(FOLDER / part / "notice" / f"{facts['notice']}.xml")
    return Step(part, facts, notice, _version(part, facts["from"]), _version(part, facts["to"]))


def test_the_steps_are_all_there() -> None:
    assert [
        (part, at) for part in ("1013", "1002") for at in range(len(_chain(part)["steps"]))
    ] == (STEPS)


def test_a_notice_that_tells_all_gives_the_right_version(step: Step) -> None:
    changes = step.changes
    result = apply(step.left, changes).code

    if not step.facts["changed_labels_no_operation_covers"]:
        assert result == step.right
    assert apply(result, invert(changes)).code == step.left


def test_what_a_notice_does_not_tell_is_named(step: Step) -> None:
    result = apply(step.left, step.changes).code
    untold = step.facts["changed_labels_no_operation_covers"]

    assert step.uncovered(step.differing(step.left, step.right)) == sorted(untold)
    # What a notice takes away goes with all under it, which may bear labels of another kind.
    assert set(step.uncovered(step.differing(result, step.right))) <= set(untold)


def test_what_is_told_and_is_not_so_is_named(step: Step, capsys: pytest.CaptureFixture) -> None:
    lost = [one for one in step.notice.changes if not is_seen_in(step.right, one)]
    idle = [one for one in step.notice.changes if is_seen_in(step.left, one)]
    result = apply(step.left, step.changes).code
    others = [
        label
        for label in step.differing(result, step.right)
        if f"{step.part}-{label}" not in step.facts["changed_labels_no_operation_covers"]
        and not any(covers(change, label) for change in lost)
    ]

    expected = NOT_TAKEN_UP.get((step.part, step.facts["notice"]), [])
    with capsys.disabled():
        print(f"\n{_told(step, len(lost), len(idle))}")
    assert [one.number for one in lost] == expected
    assert others == TOLD_ELSEWHERE.get((step.part, step.facts["notice"]), [])
    assert all(is_seen_in(result, one) for one in step.notice.changes)


def _told(step: Step, lost: int, idle: int) -> str:
    return (
        f"{step.part} {step.facts['notice']}: {len(step.notice.changes)} told, "
        f"{len(step.changes.operations)} operations; {idle} say what stands already, {lost} not "
        f"taken up, {len(step.facts['changed_labels_no_operation_covers'])} labels untold"
    )


def test_the_reader_sees_what_the_data_says_of_itself(step: Step) -> None:
    before, after = own_texts(step.left), own_texts(step.right)
    both = before.keys() & after.keys()

    assert len(after.keys() - before.keys()) == step.facts["labels_added"]
    assert len(before.keys() - after.keys()) == step.facts["labels_removed"]
    changed = sum(before[label] != after[label] for label in both)
    assert changed == step.facts["labels_with_changed_own_text"]
