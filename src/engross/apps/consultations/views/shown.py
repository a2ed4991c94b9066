"""What several pages of consultations show."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from engross.adapters.consultation_forms import CollatedQuestion, Sheet
from engross.apps.accounts.queries import who_reads
from engross.apps.consultations import queries
from engross.apps.consultations.models import Consultation, Question
from engross.apps.consultations.queries import (
    AskedOfParty,
    Collation,
    ListedConsultation,
    OwnResponse,
    Respondent,
)
from engross.apps.parties.models import Party
from engross.apps.registers.queries import active_code
from engross.core.access import Reader
from engross.core.consultations.questions import NOTHING, pounds, printed_answer
from engross.core.consultations.states import State
from engross.core.registers.columns import Column as FileColumn
from engross.core.registers.columns import Kind
from engross.design.parts import Column, status

CHIPS = {
    State.DRAFT: ("Draft", "neutral"),
    State.OPEN: ("Open", "open"),
    State.CLOSED: ("Closed", "hold"),
    State.PUBLISHED: ("Answers published", "done"),
}
ANSWER_COLUMNS = (
    Column("respondent", "Respondent", "title"),
    Column("category", "Party Category"),
    Column("answer", "Answer"),
    Column("words", "Reasons or words"),
    Column("marks", "Marks"),
)
OWN_COLUMNS = (
    Column("title", "Consultation", "title", link="href"),
    Column("party", "Party"),
    Column("state", "Your answer"),
    Column("handed_in_at", "Handed in", "moment"),
    Column("closes_on", "Closes", "day"),
)
ASKED_COLUMNS = (
    Column("title", "Consultation", "title", link="href"),
    Column("party", "Party"),
    Column("state", "Your answer"),
    Column("closes_on", "Closes", "day"),
    Column("left", "Working Days left", "number"),
)
FILE_COLUMNS = (
    FileColumn("question", "", Kind.WHOLE),
    FileColumn("asks", ""),
    FileColumn("respondent", ""),
    FileColumn("category", ""),
    FileColumn("answer", ""),
    FileColumn("words", ""),
    FileColumn("is_confidential", "", Kind.FLAG),
    FileColumn("is_anonymous", "", Kind.FLAG),
    FileColumn("is_late", "", Kind.FLAG),
)


def consultation_or_404(request: HttpRequest, reference: str) -> Consultation:
    """Return the consultation that an address names and its reader may know of."""
    found = queries.consultation_called(reference, who_reads(request))
    if found is None:
        raise Http404("There is no such consultation")
    return found


def state_chip(listed: ListedConsultation) -> SafeString:
    """Return where a consultation stands, as a status."""
    if listed.is_closing_soon:
        return status("Closing soon", "late")
    return status(*CHIPS[listed.state])


def own_row(each: OwnResponse) -> dict[str, Any]:
    """Return what a Party has answered, or begun to, as a row of a list."""
    row, party = each.response.consultation, each.response.party
    return {
        "title": str(row), "href": _own_page(row, party), "party": party, "state": _own_marks(each),
        "handed_in_at": each.handed_in_at, "closes_on": row.closes_on,
    }  # fmt: skip


def asked_row(each: AskedOfParty) -> dict[str, Any]:
    """Return a consultation that asks a Party as a row of a list: how far it has answered."""
    unanswered = status("Not answered", "late" if each.listed.is_closing_soon else "waiting")
    return {
        "title": str(each.row), "party": each.party,
        "href": _own_page(each.row, each.party) if each.own else queries.address_of(each.row),
        "state": _own_marks(each.own) if each.own else unanswered,
        "closes_on": each.row.closes_on, "left": each.listed.working_days_left,
    }  # fmt: skip


def answers_of_parties(row: Consultation, reader: Reader) -> list[tuple[str, str]]:
    """Return what a reader can do for each of their Parties here: words and address."""
    begun = {each.response.party_id: each for each in queries.responses_of_parties(reader)
             if each.response.consultation_id == row.pk}  # fmt: skip
    return [
        (f"{_verb(begun.get(party.pk))} {party.label}", _own_page(row, party))
        for party in queries.parties_to_answer_for(reader)
    ]


def _verb(own: OwnResponse | None) -> str:
    if own is None:
        return "Answer for"
    return "Go on with the answer of" if own.is_drafted else "Look at the answer of"


def _own_page(row: Consultation, party: Party | None) -> str:
    query = {"party": party.key} if party else {}
    return reverse("consultations:party-answer", args=[row.reference], query=query)


def _own_marks(each: OwnResponse) -> SafeString:
    marks = [status("Handed in", "done")] if each.handed_in_at else []
    marks += [status("Not handed in", "waiting")] if each.is_drafted else []
    return format_html_join(" ", "{}", ((mark,) for mark in marks))


def written_moment(row: Consultation) -> str:
    """Return when a consultation closes, in words: 17:00 on Tuesday 13 July 2022."""
    if row.closes_at is None or row.closes_on is None:
        return ""
    local = queries.local_time(row.closes_at)
    day = row.closes_on
    return f"{local:%H:%M} on {day:%A} {day.day} {day:%B %Y}"


def category_words(row: Consultation) -> str:
    """Return the Party Categories that a consultation asks; all of them if it names none."""
    names = queries.category_names()
    return ", ".join(names.get(each, each) for each in row.categories) or "All"


def marks_of(each: Respondent, question: int) -> SafeString:
    """Return the marks of an answer: confidential, of somebody not named, late."""
    given = each.answers.get(question, NOTHING)
    marks = [status("Confidential", "hold")] if given.is_confidential else []
    marks += [status("Not to be named", "hold")] if each.is_anonymous else []
    marks += [status("Late, taken in", "late")] if each.is_late else []
    return format_html_join(" ", "{}", ((mark,) for mark in marks))


def answers_shown(collation: Collation) -> list[dict[str, Any]]:
    """Return each question with its counts and its answers, as a page shows them."""
    return [
        {
            "question": question,
            "summary": collation.summary(question),
            "costs": _costs(collation, question),
            "rows": [
                {"respondent": each.name, "category": each.category,
                 "answer": printed_answer(given),
                 "words": _paragraphs(given.words),
                 "marks": marks_of(each, question.number)}
                for each in collation.respondents
                if not (given := each.answers.get(question.number, NOTHING)).is_empty
            ],
        }
        for question in collation.questions
    ]  # fmt: skip


def _paragraphs(words: str) -> SafeString | str:
    # Escaped first: what a respondent wrote is text, not markup.
    made = SafeString(linebreaks(words, autoescape=True))
    return format_html('<div class="stack">{}</div>', made) if words else ""


def _costs(collation: Collation, question: Question) -> str:
    told = collation.costs(question)
    if told is None:
        return ""
    least, most = told
    return pounds(least) if least == most else f"{pounds(least)} to {pounds(most)}"


def matrix_of(collation: Collation) -> tuple[tuple[Column, ...], list[dict[str, Any]]]:
    """Return the short of each answer, a row for each respondent and a column for each question."""
    columns = [Column("respondent", "Respondent", "title"), Column("category", "Party Category")]
    columns += [Column(f"q{each.number}", f"Q{each.number}") for each in collation.questions]
    rows = [
        {
            "respondent": each.name, "category": each.category,
            **{f"q{question.number}": _short(each, question) for question in collation.questions},
        }
        for each in collation.respondents
    ]  # fmt: skip
    return tuple(columns), rows


def _short(each: Respondent, question: Question) -> SafeString | str:
    given = each.answers.get(question.number, NOTHING)
    if given.is_empty:
        return ""
    words = printed_answer(given) or "Words"
    mark = status("C", "hold") if given.is_confidential else ""
    return format_html("<span>{} {}</span>", words, mark) if mark else words


def sheet_of(row: Consultation, *, title: str, class_key: str) -> Sheet:
    """Return the head of a Word file about a consultation."""
    code = active_code()
    paper_class = code.option("paper_classes", class_key)
    kind = queries.kind_of(row).name
    closes = written_moment(row)
    return Sheet(
        row.reference, title, f"{kind}, {row.reference}" + (f", closes {closes}" if closes else ""),
        f"{code.name}: {code.administrator}", paper_class.name, paper_class.text("sentence"),
    )  # fmt: skip


def collated(collation: Collation) -> list[CollatedQuestion]:
    """Return the answers as a Word file lays them side by side."""
    return [
        CollatedQuestion(
            f"{question.number}. {question.asks}", collation.summary(question),
            [_line(each, question.number) for each in collation.respondents
             if not each.answers.get(question.number, NOTHING).is_empty],
            question.you_said, question.we_did,
        )
        for question in collation.questions
    ]  # fmt: skip


def _line(each: Respondent, question: int) -> tuple[str, str, str, str, str]:
    given = each.answers[question]
    marks: Iterable[tuple[bool, str]] = (
        (given.is_confidential, "Confidential"), (each.is_anonymous, "Not to be named"),
        (each.is_late, "Late, taken in"),
    )  # fmt: skip
    told = ", ".join(words for holds, words in marks if holds)
    return each.name, each.category, printed_answer(given), given.words, told


def actions_of(listed: ListedConsultation) -> list[tuple[str, str]]:
    """Return what staff can do with a consultation where it stands: words and address."""
    names = {
        State.DRAFT: (("open", "Open it"), ("edit", "Change its words"),
                      ("add-question", "Add a question"), ("add-document", "Add a document")),
        State.OPEN: (("extend", "Leave it open for longer"), ("collation", "Answers so far"),
                     ("add-document", "Add a document")),
        State.CLOSED: (("publish", "Publish the answers"), ("collation", "Answers side by side"),
                       ("outcome", "You said, we did"), ("add-document", "Add a document")),
        State.PUBLISHED: (("collation", "Answers side by side"), ("outcome", "You said, we did")),
    }[listed.state]  # fmt: skip
    return [(words, reverse(f"consultations:{name}", args=[listed.row.reference]))
            for name, words in names]  # fmt: skip
