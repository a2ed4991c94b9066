"""What the code sets about consultations: kinds, lengths, hours, classes of answers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from engross.apps.consultations.models import Consultation, Question
from engross.apps.registers.queries import active_code
from engross.core.codes.codes import Option
from engross.core.consultations import questions as core
from engross.core.consultations.closing import Length, closing_moment, read_time
from engross.core.consultations.questions import Shape


def kind_of(consultation: Consultation) -> Option:
    """Return the kind of a consultation."""
    return active_code().option("consultation_kinds", consultation.kind)


def length_of(consultation: Consultation, *, on: date, is_urgent: bool = False) -> Length:
    """Return how long a consultation that opens on a day is open at the least, and who says so."""
    name = kind_of(consultation).text("length_parameter")
    if not name:
        return Length(None)
    parameter = active_code().parameters[name]
    return Length(int(str(parameter.on(on))), parameter.clause, is_urgent)


def closing_moment_on(day: date) -> datetime:
    """Return the moment at which a consultation closes that closes on a day."""
    code = active_code()
    hour = read_time(str(code.parameter("consultation_closing_time", on=day)))
    return closing_moment(day, hour, code.calendar.time_zone)


def lead_of(name: str, *, on: date) -> int:
    """Return a parameter of consultations that is a number of Working Days."""
    return int(str(active_code().parameter(name, on=on)))


def asked(question: Question) -> core.Question:
    """Return a stored question as the rules know it."""
    return core.Question(
        number=question.number, asks=question.asks, shape=Shape(question.shape),
        answers=tuple(question.answers), has_reasons=question.has_reasons,
        is_required=question.is_required, help=question.help,
    )  # fmt: skip


def standard_questions(kind: str) -> list[core.Question]:
    """Return the questions with which a consultation of a kind begins, in their order."""
    code = active_code()
    found: list[core.Question] = []
    options = sorted(code.options("standard_questions"), key=lambda each: each.number("order"))
    for option in options:
        if kind in option.texts("consultations"):
            how = code.option("question_kinds", option.text("kind"))
            found.append(
                core.Question(
                    number=len(found) + 1, asks=option.text("asks"),
                    shape=Shape(how.text("shape")), answers=how.texts("answers"),
                    has_reasons=how.flag("has_reasons"),
                    is_required=option.flag("is_required"), help=option.text("help"),
                )
            )  # fmt: skip
    return found


def kinds_of_standard_questions(kind: str) -> list[str]:
    """Return the kinds of the questions that `standard_questions` returns, in their order."""
    options = sorted(
        active_code().options("standard_questions"), key=lambda each: each.number("order")
    )
    return [each.text("kind") for each in options if kind in each.texts("consultations")]


def category_names() -> dict[str, str]:
    """Return the names of the Party Categories by key, in their order."""
    options = active_code().options("party_categories")
    return {each.key: each.name for each in sorted(options, key=lambda each: each.number("order"))}


def local_time(moment: datetime) -> datetime:
    """Return a moment by the clock where the code holds."""
    return moment.astimezone(ZoneInfo(active_code().calendar.time_zone))
