"""Every write about people: one function for each thing that is done."""

from engross.apps.people.commands.accounts import (
    Newcomer,
    add_service_account,
    add_staff_member,
    close_account,
    end_session,
    end_sessions,
    remove_second_factor,
    reopen_account,
    set_authority,
)
from engross.apps.people.commands.memberships import (
    begin_term,
    change_role,
    end_membership,
    end_term,
    invite_person,
    join_team,
    leave_team,
)
from engross.apps.people.commands.requests import (
    Asked,
    approve_request,
    confirm_request,
    forget_unconfirmed,
    refuse_request,
    request_account,
)
from engross.apps.people.commands.tokens import make_token, note_token_use, revoke_token

__all__ = [
    "Asked",
    "Newcomer",
    "add_service_account",
    "add_staff_member",
    "approve_request",
    "begin_term",
    "change_role",
    "close_account",
    "confirm_request",
    "end_membership",
    "end_session",
    "end_sessions",
    "end_term",
    "forget_unconfirmed",
    "invite_person",
    "join_team",
    "leave_team",
    "make_token",
    "note_token_use",
    "refuse_request",
    "remove_second_factor",
    "reopen_account",
    "request_account",
    "revoke_token",
    "set_authority",
]
