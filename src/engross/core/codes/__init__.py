"""What a code's data means: lists of options, dated parameters, and their validation."""

from engross.core.codes.codes import Code, CodeCalendar, Option, OptionList, Parameter
from engross.core.codes.problems import CodeProblem, CodeRefused
from engross.core.codes.validation import code_from_tables

__all__ = [
    "Code",
    "CodeCalendar",
    "CodeProblem",
    "CodeRefused",
    "Option",
    "OptionList",
    "Parameter",
    "code_from_tables",
]
