"""What the checks find in a composed text and did not find in the text it was composed on."""

from collections.abc import Iterable
from hashlib import sha256

from engross.core.legaltext.checks import Problem, check
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.terms import SEC_TERMS, TermStyle


def new_findings(base: Code, composed: Code, style: TermStyle = SEC_TERMS) -> dict[str, Problem]:
    """Return the problems that a composed text would bring, each by its lasting name.

    What stood in the base already is no finding: it waits for a change of its own.
    """
    if base == composed:
        return {}
    known = {finding_name(each) for each in check(base, style)}
    return _named(each for each in check(composed, style) if finding_name(each) not in known)


def finding_name(problem: Problem) -> str:
    """Return what names a problem, the same wherever its words stand in its provision."""
    said = "\n".join((problem.about, problem.document, problem.address, problem.what))
    return f"{problem.about}-{sha256(said.encode()).hexdigest()[:20]}"


def _named(problems: Iterable[Problem]) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    for each in problems:
        found.setdefault(finding_name(each), each)
    return found
