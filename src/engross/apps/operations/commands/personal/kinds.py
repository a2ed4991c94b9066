"""Every kind of personal data: what it is, why it is kept, for how long, and how it ends.

A model that points to a person and stands in no kind fails a test by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.operations.commands.personal import accounts, answers, traces, voting

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of personal data.

    `models` are the tables that it stands in. `kept` says in words for how long; `retention`
    names the code's parameter, in days, after which `forget` takes what is older than its first
    moment. Its second is now. `tell` returns what is kept of a person, `erase` takes it at their
    request; `forget` and `erase` return how many rows they touched. One that `adds_events` comes
    after those that do not: everybody else's writes wait from the first event to the end.
    """

    name: str
    meaning: str
    why: str
    models: tuple[str, ...]
    kept: str
    tell: Callable[[User], Rows]
    erase: Callable[[User, datetime], int]
    retention: str = ""
    forget: Callable[[datetime, datetime], int] | None = None
    adds_events: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(
        "account", "Name, e-mail address, second factors, sessions and tokens",
        "To let a person sign in and to say who changed what",
        ("accounts.User", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession",
         "socialaccount.SocialAccount", "people.ApiToken"),
        "While the account is open, and after it was closed",
        accounts.account_told, accounts.erase_account,
        "retention_closed_accounts", accounts.forget_closed_accounts,
    ),
    Kind(
        "memberships", "Which Party, body or team a person belongs to, from when until when",
        "To know who may read and decide what, on any day",
        ("people.PartyMembership", "people.BodyMembership", "people.TeamMembership",
         "files.NamedReader", "proposals.LeadAnalyst", "proposals.Absence"),
        "As long as the code runs; after an erasure they name nobody",
        accounts.memberships_told, accounts.end_memberships,
    ),
    Kind(
        "requests", "What somebody wrote who asked for an account",
        "To decide about it", ("people.RegistrationRequest",),
        "After the decision", accounts.requests_told, accounts.erase_requests,
        "retention_registration_requests", accounts.forget_requests,
    ),
    Kind(
        "follows", "What a person follows, has no mail of and filters by; their calendar, webhooks",
        "To tell them what is new, and not what they do not want",
        ("following.Follow", "following.PrivateCalendar", "exchange.Webhook", "notices.OptOut",
         "proposals.SavedFilter"),
        "Until they take it away", accounts.follows_told, accounts.erase_follows,
    ),
    Kind(
        "answers", "Who answered a consultation: the name, the address, the organisation",
        "To publish an answer under its respondent's name, and to ask about it",
        ("consultations.Response", "consultations.ResponseVersion"),
        "After the consultation closed; what was answered stays",
        answers.answers_told, answers.erase_answers,
        "retention_consultation_responses", answers.forget_answers,
    ),
    Kind(
        "mail", "Mail sent to a person: the address, and what it said",
        "To prove what was sent, and to send again what failed", ("mail.Mail",),
        "After it was sent", traces.mail_told, traces.erase_mail,
        "retention_mail", traces.forget_mail,
    ),
    Kind(
        "reads", "Which Amber and Red papers a person read, when and from where",
        "So that the owner of a paper can see who read it", ("files.ReadLog",),
        "After it was read", traces.reads_told, traces.erase_reads,
        "retention_reads", traces.forget_reads,
    ),
    Kind(
        "events", "What a person did, when, why and from which network address",
        "To prove who changed the code's records", ("audit.Event",),
        "As long as the code runs; the network address not so long",
        traces.events_told, traces.erase_events,
        "retention_network_addresses", traces.forget_network_addresses, adds_events=True,
    ),
    Kind(
        "records", "That a person recorded a row, text, release, file or paper, and why",
        "To say who answers for it",
        ("registers.ImportRun", "legaltext.Recording", "releases.ChangeSetVersion",
         "releases.Composition", "releases.ConflictResolution", "releases.AcceptedFinding",
         "reports.IssuedPaper", "reports.IssuedReport", "files.StoredFile", "proposals.MoveMade",
         "proposals.ProblemStatement", "timetables.Timetable",
         "crosscode.MonthlySheet"),
        "As long as the code runs; after an erasure they name nobody",
        traces.records_told, traces.redact_records, adds_events=True,
    ),
    Kind(
        "ballots", "What a person answered for their seat in a vote of a body, and why",
        "To show that a vote was counted rightly", ("votes.Ballot",),
        "As long as the code runs; after an erasure they name nobody",
        voting.ballots_told, voting.redact_ballots,
    ),
)  # fmt: skip
