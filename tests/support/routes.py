"""Every address of the site with an example of it, for tests that visit them all.

A route that is missing here fails those tests by name: so nobody adds a page that is not
looked at with a phone's width, a stranger's rights and an attacker's input.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

MONTH = "2021-09"
PAPER = "operations-report"

# Gives the API's answer at an address.
Fetch = Callable[[str], Any]


@dataclass(frozen=True)
class Route:
    """One route: examples of its arguments, and who is served by a GET.

    `kind` is 'page' for what a person reads, 'file' for what is fetched, 'api' for answers
    to machines, 'gone' for what every example of is not there. `for_whom` is 'anyone',
    'signed-in', 'party administrator' or 'staff'.
    """

    arguments: tuple[Mapping[str, Any], ...] = ({},)
    kind: str = "page"
    for_whom: str = "anyone"
    writes: bool = False


def _only(**arguments: Any) -> tuple[Mapping[str, Any], ...]:
    return (arguments,)


_MONTHLY = {"paper": PAPER, "month": MONTH}
# What stands in braces is filled in with what the registers hold, see `addresses_of`.
_ENTRY = {"name": "market-entry", "entry": "{market-entry.entry}"}
_DOWNLOADS = tuple({"form": form} for form in ("csv", "xlsx", "json"))

ROUTES: dict[str, Route] = {
    "account_login": Route(),
    "account_logout": Route(for_whom="signed-in", writes=True),
    "account_inactive": Route(),
    "account_signup": Route(),
    "account_reauthenticate": Route(for_whom="signed-in"),
    "account_email": Route(for_whom="signed-in", writes=True),
    "account_email_verification_sent": Route(),
    "account_change_password": Route(for_whom="signed-in", writes=True),
    "account_set_password": Route(for_whom="signed-in", writes=True),
    "account_reset_password": Route(),
    "account_confirm_login_code": Route(),
    "account_confirm_email": Route(_only(key="nobody-has-this-key")),
    "account_reset_password_from_key_done": Route(),
    "account_reset_password_from_key": Route(_only(uidb36="1", key="no-such-key")),
    "account_reset_password_done": Route(),
    "mfa_index": Route(for_whom="signed-in"),
    "mfa_authenticate": Route(),
    "mfa_reauthenticate": Route(for_whom="signed-in"),
    "mfa_activate_totp": Route(for_whom="signed-in", writes=True),
    "mfa_deactivate_totp": Route(for_whom="signed-in", writes=True),
    "mfa_view_recovery_codes": Route(for_whom="signed-in"),
    "mfa_generate_recovery_codes": Route(for_whom="signed-in", writes=True),
    "mfa_download_recovery_codes": Route(kind="file", for_whom="signed-in"),
    "mfa_list_webauthn": Route(for_whom="signed-in"),
    "mfa_add_webauthn": Route(for_whom="signed-in", writes=True),
    "mfa_login_webauthn": Route(kind="api", writes=True),
    "mfa_reauthenticate_webauthn": Route(for_whom="signed-in"),
    "mfa_edit_webauthn": Route(_only(pk=0), kind="gone", for_whom="signed-in"),
    "mfa_remove_webauthn": Route(_only(pk=0), kind="gone", for_whom="signed-in"),
    "usersessions_list": Route(for_whom="signed-in", writes=True),
    "openid_connect_login": Route(_only(provider_id="no-such"), kind="gone"),
    "openid_connect_callback": Route(_only(provider_id="no-such"), kind="gone"),
    "socialaccount_login_cancelled": Route(),
    "socialaccount_login_error": Route(),
    "people:register": Route(writes=True),
    "people:registered": Route(),
    "people:confirm": Route(_only(token="nobody-has-this-token"), writes=True),
    "people:my-tokens": Route(for_whom="signed-in", writes=True),
    "people:end-session": Route(_only(session=0), "gone", "signed-in", writes=True),
    "people:list": Route(for_whom="staff", writes=True),
    "people:requests": Route(for_whom="staff", writes=True),
    "people:add-staff": Route(for_whom="staff", writes=True),
    "people:add-program": Route(for_whom="staff", writes=True),
    **{
        f"people:{name}": Route(({},), "gone", "party administrator", writes=True)
        for name in ("my-party", "invite", "my-party-add-program")
    },
    **{
        f"people:{name}": Route(_only(membership=0), "gone", "party administrator", writes=True)
        for name in ("change-role", "my-party-end", "my-party-tokens")
    },
    **{
        f"people:{name}": Route(_only(number=0), "gone", "staff", writes=True)
        for name in (
            "request",
            "approve",
            "refuse",
            "person",
            "add-party",
            "add-term",
            "add-team",
            "authority",
            "close",
            "end-sessions",
            "program-tokens",
            "second-factor",
        )
    },
    "timetables:mine": Route(for_whom="signed-in"),
    "timetables:analysts": Route(for_whom="staff"),
    "timetables:body": Route(_only(body="{meetings.body}")),
    "timetables:approve": Route(
        _only(identifier="{assessments.proposal}"), for_whom="staff", writes=True
    ),
    "timetables:timetable": Route(_only(identifier="{assessments.proposal}")),
    "timetables:forecasts": Route(),
    "timetables:forecast": Route(_only(identifier="{assessments.proposal}")),
    "votes:list": Route(),
    "votes:mine": Route(for_whom="signed-in", writes=True),
    "votes:open": Route(for_whom="staff", writes=True),
    "votes:vote": Route(_only(number=0), "gone"),
    "votes:ballot": Route(_only(number=0), "gone", "signed-in", writes=True),
    **{
        f"votes:{name}": Route(_only(number=0), "gone", "staff", writes=True)
        for name in ("record", "close", "withdraw", "count")
    },
    "votes:body": Route(_only(key="change-board")),
    "votes:seat": Route(_only(key="change-board"), for_whom="staff", writes=True),
    "votes:unseat": Route(_only(key="change-board", seating=0), "gone", "staff", writes=True),
    "people:end-party": Route(_only(number=0, membership=0), "gone", "staff", writes=True),
    "people:end-term": Route(_only(number=0, term=0), "gone", "staff", writes=True),
    "people:leave-team": Route(_only(number=0, term=0), "gone", "staff", writes=True),
    "reports:index": Route(),
    "reports:open": Route(),
    "reports:stylesheet": Route(kind="file"),
    "reports:figures": Route(),
    "reports:figure": Route(
        tuple({"name": name} for name in ("parties.total", "parties.testing.completions"))
    ),
    "reports:paper": Route(_only(**_MONTHLY)),
    "reports:checks": Route(_only(**_MONTHLY)),
    "reports:issue": Route(_only(**_MONTHLY), for_whom="staff", writes=True),
    "reports:file": Route(
        tuple({**_MONTHLY, "form": form} for form in ("html", "pdf", "docx", "json")), kind="file"
    ),
    "reports:attachment": Route(
        tuple(
            {**_MONTHLY, "key": "appendix-a", "form": form}
            for form in ("html", "pdf", "docx", "json")
        ),
        kind="file",
        for_whom="the circle",
    ),
    "reports:chart": Route(_only(**_MONTHLY, number="1"), kind="file"),
    "reports:version": Route(_only(**_MONTHLY, number=1)),
    "reports:version-json": Route(_only(**_MONTHLY, number=1), kind="file"),
    "proposal_reports:report": Route(_only(identifier="{assessments.proposal}")),
    "proposal_reports:file": Route(
        tuple(
            {"identifier": "{assessments.proposal}", "form": form}
            for form in ("html", "pdf", "docx", "json")
        ),
        kind="file",
    ),
    "proposal_reports:issue": Route(
        _only(identifier="{assessments.proposal}", kind="modification-report"),
        for_whom="staff",
        writes=True,
    ),
    "proposal_reports:version": Route(
        _only(identifier="{assessments.proposal}", kind="modification-report", version=1), "gone"
    ),
    "notices:list": Route(for_whom="staff"),
    "notices:notice": Route(_only(event="consultation-opened"), for_whom="staff"),
    "notices:mine": Route(for_whom="signed-in", writes=True),
    "notices:end": Route(_only(token="nobody-has-this-token"), "gone", writes=True),
    "audit:events": Route(for_whom="staff"),
    "audit:event": Route(_only(position=1), for_whom="staff"),
    "registers:index": Route(),
    "registers:download": Route(
        tuple({"name": "market-entry", "form": form} for form in ("csv", "xlsx", "json")),
        kind="file",
    ),
    "registers:feed": Route(
        tuple({"name": name} for name in ("market-entry", "highlights", "papers")), kind="file"
    ),
    "registers:list": Route(
        tuple({"name": name} for name in ("market-entry", "highlights", "papers"))
    ),
    "registers:template": Route(
        tuple({"name": "market-entry", "form": form} for form in ("csv", "xlsx")), kind="file"
    ),
    "registers:record": Route(_only(name="highlights"), for_whom="staff", writes=True),
    "registers:import": Route(_only(name="market-entry"), for_whom="staff", writes=True),
    "registers:entry": Route(_only(**_ENTRY)),
    "registers:add-file": Route(_only(**_ENTRY), for_whom="staff", writes=True),
    "registers:name-persons": Route(_only(**_ENTRY), for_whom="staff", writes=True),
    "registers:correct": Route(_only(**_ENTRY), for_whom="staff", writes=True),
    "registers:withdraw": Route(_only(**_ENTRY), for_whom="staff", writes=True),
    "crosscode:changes": Route(),
    "crosscode:change": Route(
        _only(code="{cross-code-changes.code}", reference="{cross-code-changes.reference}")
    ),
    "crosscode:review": Route(
        _only(code="{cross-code-changes.code}", reference="{cross-code-changes.reference}"),
        for_whom="staff",
        writes=True,
    ),
    "crosscode:month": Route(),
    "crosscode:take-sheet": Route(for_whom="staff", writes=True),
    "crosscode:own-sheet": Route(
        tuple({"month": MONTH, "form": form} for form in ("csv", "xlsx", "json")), kind="file"
    ),
    "crosscode:groups": Route(),
    "crosscode:group": Route(_only(name="no-such-group"), kind="gone"),
    "crosscode:take-over": Route(
        _only(name="no-such-group"), kind="gone", for_whom="staff", writes=True
    ),
    "crosscode:priorities": Route(),
    "crosscode:give": Route(for_whom="staff", writes=True),
    "consultations:list": Route(),
    "consultations:feed": Route(kind="file"),
    "consultations:calendar": Route(kind="file"),
    "consultations:new": Route(for_whom="staff", writes=True),
    **{
        f"consultations:{name}": Route(_only(token="nobody-has-this-link"), "gone", writes=True)
        for name in ("answer", "check", "upload")
    },
    **{
        f"consultations:{name}": Route(_only(reference="CON000"), "gone")
        for name in ("consultation", "form", "responses")
    },
    "consultations:begin": Route(_only(reference="CON000"), "gone", writes=True),
    "consultations:download-responses": Route(_only(reference="CON000", form="csv"), "gone"),
    **{
        f"consultations:{name}": Route(_only(reference="CON000"), "gone", "signed-in", writes=True)
        for name in ("party-answer", "party-check", "party-upload")
    },
    **{
        f"consultations:{name}": Route(_only(reference="CON000"), "gone", "staff", writes=True)
        for name in ("edit", "add-question", "add-document", "open", "extend", "publish", "outcome")
    },
    **{
        f"consultations:{name}": Route(
            _only(reference="CON000", number=1), "gone", "staff", writes=True
        )
        for name in ("change-question", "remove-question")
    },
    "consultations:late": Route(_only(reference="CON000", version=0), "gone", "staff", writes=True),
    "consultations:collation": Route(_only(reference="CON000"), "gone", "staff"),
    "consultations:download-collation": Route(
        _only(reference="CON000", form="csv"), "gone", "staff"
    ),
    "design:components": Route(),
    "design:theme": Route(kind="file"),
    "dates:calculator": Route(),
    "files:download": Route(
        _only(key="00000000-0000-4000-8000-000000000000", name="no-such.pdf"), kind="gone"
    ),
    "files:reads": Route(for_whom="signed-in"),
    "exchange:add-webhook": Route(for_whom="signed-in", writes=True),
    "exchange:bulk": Route(),
    "exchange:bulk-file": Route(_only(name="no-such-register", form="csv"), kind="gone"),
    "exchange:deadlines": Route(kind="file"),
    "exchange:manifest": Route(kind="file"),
    "exchange:remove-webhook": Route(_only(number=0), "gone", "signed-in", writes=True),
    "exchange:webhook": Route(_only(number=0), "gone", "signed-in", writes=True),
    "exchange:webhooks": Route(for_whom="signed-in", writes=True),
    "following:calendar": Route(_only(token="nobody-has-this-key"), kind="gone"),
    "following:calendar-address": Route(for_whom="signed-in", writes=True),
    "following:follow": Route(for_whom="signed-in", writes=True),
    "following:follows": Route(for_whom="signed-in", writes=True),
    "following:mine": Route(for_whom="signed-in", writes=True),
    "following:unfollow": Route(for_whom="signed-in", writes=True),
    "following:unsubscribe": Route(_only(token="nobody-has-this-key"), kind="gone", writes=True),
    "home": Route(),
    "mail:bounce": Route(_only(number=0), kind="gone", for_whom="staff", writes=True),
    "mail:list": Route(for_whom="staff"),
    "mail:mail": Route(_only(number=0), kind="gone", for_whom="staff"),
    "mail:send-again": Route(_only(number=0), kind="gone", for_whom="staff", writes=True),
    "operations:my-data": Route(for_whom="signed-in"),
    "operations:my-data-file": Route(kind="file", for_whom="signed-in"),
    "operations:live": Route(kind="file"),
    "operations:ready": Route(kind="file"),
    "operations:metrics": Route(kind="gone"),
    "meetings:bodies": Route(),
    "meetings:calendar": Route(kind="file"),
    "meetings:download": Route(_DOWNLOADS, kind="file"),
    "meetings:list": Route(),
    "meetings:meeting": Route(_only(name="{meetings.meeting}")),
    "parties:download": Route(_DOWNLOADS, kind="file"),
    "parties:list": Route(),
    "parties:party": Route(_only(reference="{market-entry.party}")),
    "products:devices": Route(),
    "products:download-devices": Route(_DOWNLOADS, kind="file"),
    "products:list": Route(_only(key="{product-lists.product_list}")),
    "products:lists": Route(),
    "proposals:filters": Route(for_whom="signed-in", writes=True),
    "proposals:save-filter": Route(for_whom="signed-in", writes=True),
    "proposals:change-filter": Route(_only(number=0), "gone", "signed-in", writes=True),
    "proposals:delete-filter": Route(_only(number=0), "gone", "signed-in", writes=True),
    "proposals:download": Route(_DOWNLOADS, kind="file"),
    "proposals:feed": Route(kind="file"),
    "proposals:proposal-feed": Route(_only(identifier="{assessments.proposal}"), kind="file"),
    "proposals:list": Route(),
    "proposals:proposal": Route(_only(identifier="{assessments.proposal}")),
    "proposals:absences": Route(for_whom="staff"),
    "proposals:note-absence": Route(for_whom="staff", writes=True),
    "proposals:end-absence": Route(_only(number=1), kind="gone", for_whom="staff", writes=True),
    "proposals:ways": Route(for_whom="signed-in"),
    "proposals:begin": Route(
        _only(key="no-such-way"), kind="gone", for_whom="signed-in", writes=True
    ),
    "proposals:problems": Route(for_whom="signed-in"),
    "proposals:describe": Route(for_whom="signed-in", writes=True),
    "proposals:problem": Route(_only(number=0), kind="gone", for_whom="signed-in"),
    "proposals:comment": Route(_only(number=0), kind="gone", for_whom="staff", writes=True),
    "proposals:raise": Route(_only(number=0), kind="gone", for_whom="signed-in", writes=True),
    "proposals:end-problem": Route(_only(number=0), kind="gone", for_whom="signed-in", writes=True),
    "proposals:moves": Route(_only(identifier="{assessments.proposal}"), for_whom="signed-in"),
    "proposals:move": Route(
        _only(identifier="{assessments.proposal}", key="no-such-move"),
        kind="gone",
        for_whom="signed-in",
        writes=True,
    ),
    "proposals:undo": Route(
        _only(identifier="{assessments.proposal}", number=0),
        kind="gone",
        for_whom="staff",
        writes=True,
    ),
    "proposals:hand-over": Route(
        _only(identifier="{assessments.proposal}"), for_whom="staff", writes=True
    ),
    "reading:changes": Route(
        (
            {"slug": "section/D"},
            {"slug": "section/D/10.5"},
            {"slug": "section/D/10.5", "day": "2021-09-30"},
        )
    ),
    "reading:choose": Route(),
    "reading:compare": Route(
        ({"old": "3.1", "new": "3.2"}, {"old": "2019-01-01", "new": "2021-09-30"})
    ),
    "reading:contents": Route(),
    "reading:document": Route(
        (
            {"slug": "section/D"},
            {"slug": "section/D/7", "day": "2021-09-30"},
            {"slug": "appendix/L"},
        )
    ),
    "reading:history": Route(
        ({"slug": "section/M/10.3"}, {"slug": "section/M/9.3", "day": "2019-01-01"})
    ),
    "reading:proposal-text": Route(_only(identifier="{assessments.proposal}")),
    "reading:related": Route(({"slug": "section/D"}, {"slug": "section/D/10.5"})),
    "reading:document-feed": Route(_only(slug="section/D"), kind="file"),
    "reading:download": Route(
        tuple({"slug": "section/B", "form": form} for form in ("json", "akn", "docx")), kind="file"
    ),
    "reading:download-code": Route(
        tuple({"form": form} for form in ("json", "akn", "docx")), kind="file"
    ),
    "reading:download-comparison": Route(
        tuple({"old": "3.1", "new": "3.2", "form": form} for form in ("json", "docx")), kind="file"
    ),
    "reading:choose-category": Route(),
    "reading:obligations": Route(_only(category="large-suppliers")),
    "reading:term": Route(({"slug": "party"}, {"slug": "user", "day": "2021-09-30"})),
    "reading:terms": Route(({}, {"day": "2021-09-30"})),
    "releases:accept-finding": Route(
        _only(name="{releases.release}", number=1, finding="none"), "gone", "staff", writes=True
    ),
    "releases:calendar": Route(kind="file"),
    **{
        f"releases:{name}": Route(
            _only(name="notice-of-new-versions"), for_whom="staff", writes=True
        )
        for name in ("classify-change-set", "rebase-change-set", "part-change-set")
    },
    "releases:compose": Route(_only(name="{releases.release}"), for_whom="staff", writes=True),
    "releases:decide": Route(
        _only(name="{releases.release}", number=1, conflict="none"), "gone", "staff", writes=True
    ),
    "releases:document": Route(_only(name="{releases.release}"), kind="gone"),
    "releases:document-file": Route(
        tuple(
            {"name": "{releases.release}", "form": form} for form in ("html", "pdf", "docx", "json")
        ),
        kind="gone",
    ),
    "releases:draft": Route(for_whom="staff", writes=True),
    **{
        f"releases:{name}": Route(
            _only(name="{releases.release}", number=0), "gone", "staff", writes=True
        )
        for name in ("composition", "publish", "withdraw-version")
    },
    "releases:change-set": Route(_only(name="notice-of-new-versions")),
    "releases:change-sets": Route(),
    "releases:download-change-set": Route(
        tuple({"name": "notice-of-new-versions", "form": form} for form in ("json", "docx")),
        kind="file",
    ),
    "releases:download-releases": Route(_DOWNLOADS, kind="file"),
    "releases:download-versions": Route(_DOWNLOADS, kind="file"),
    "releases:release": Route(_only(name="{releases.release}")),
    "releases:releases": Route(),
    "releases:version": Route(_only(number="{code-versions.version}")),
    "releases:versions": Route(),
    "releases:versions-feed": Route(kind="file"),
    "search:description": Route(kind="file"),
    "search:results": Route(),
    "api": Route(),
    "openapi": Route(kind="file"),
    "api-v1:api-root": Route(kind="api"),
}
# What catches addresses that nothing has.
NOT_THERE = {"api-missing"}


def site_routes() -> Iterator[str]:
    """Return the name of every route of the resolver, with its namespaces; none may lack one."""
    yield from _named(get_resolver(), ())


def _named(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _named(each, (*spaces, each.namespace) if each.namespace else spaces)
        elif isinstance(each, URLPattern):
            yield ":".join((*spaces, each.name or f"(no name) {each.pattern}"))


def is_described(name: str) -> bool:
    """Say whether the route is in the table, or in the API's own document."""
    return name in ROUTES or name.startswith("api-v1:") or name in NOT_THERE


def addresses_of(name: str, fetch: Fetch) -> list[str]:
    """Return the addresses of a route's examples; `fetch` asks the site's API.

    Raises LookupError if the registers hold nothing to make an example of.
    """
    return [
        reverse(name, kwargs={key: _filled(value, fetch) for key, value in arguments.items()})
        for arguments in ROUTES[name].arguments
    ]


def _filled(value: Any, fetch: Fetch) -> Any:
    if not (isinstance(value, str) and value.startswith("{")):
        return value
    register, _, column = value.strip("{}").partition(".")
    rows = fetch(f"/api/v1/registers/{register}?page_size=1")["rows"]
    if not rows:
        raise LookupError(f"The register {register} has no row that everybody may read")
    return rows[0][column]
