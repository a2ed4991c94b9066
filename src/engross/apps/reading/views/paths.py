"""Where the parts of a text are: addresses of clauses, terms and places on a document's page."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS
from django.utils.safestring import SafeString, mark_safe

from engross.adapters.legaltext.redlines.linked import anchor_of
from engross.apps.reading.queries import CodeLayers
from engross.apps.reading.queries.open_sets import SetSeen
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.terms import Entry

# Stands in kept pages for the day that is asked for; no text holds it.
DAY = "\0"
_GOES_ON = re.compile(f"{DAY}(?=[a-z])")  # an address below that of the day
_PLAIN = re.compile(r"[A-Za-z0-9_.()-]*")
_SAFE = RFC3986_SUBDELIMS + "/~:@"


class Paths:
    """The addresses in one text, escaped for HTML; a day, where one is asked for, stands at DAY."""

    def __init__(self, code: CodeLayers) -> None:
        self.code = code
        self._terms = reverse("reading:terms")

    def page(self, node: int) -> str:
        """Return where a clause's own page is; of an unnumbered paragraph, that of its clause."""
        address = self.code.address_of(node)
        base, slug = _document(address.document)
        if not address.number:
            return base + DAY
        return f"{base}{_written(address.slug[len(slug) + 1 :])}/{DAY}"

    def own(self, node: int) -> str:
        """Return where a provision's own address leads: its page, else its place on a page."""
        return self.page(node) if self.code.has_address(node) else self.place(node)

    def place(self, node: int, *, seen_from: str = "") -> str:
        """Return where a provision stands on its document's page; short on that page itself."""
        document = self.code.places.documents[node].document
        anchor = f"#{self._anchor(node)}"
        return anchor if document == seen_from else f"{_document(document)[0]}{DAY}{anchor}"

    def term(self, entry: Entry) -> str:
        """Return where a term's page is."""
        return f"{self._terms}{self.term_name(entry)}"

    def term_name(self, entry: Entry) -> str:
        """Return what comes after the address of all terms in that of one."""
        within = f"?in={quote(document_slug(entry.scope.document))}" if entry.is_local else ""
        return f"{escape(quote(entry.slug))}/{DAY}{escape(within)}"

    def _anchor(self, node: int) -> str:
        if self.code.places.provisions[node] is None:
            return "text"
        return _written(anchor_of(self.code.places, node))


@lru_cache(maxsize=4_000)
def _document(name: str) -> tuple[str, str]:
    """Return a document's page, escaped for HTML, and what it is called in addresses."""
    slug = document_slug(name)
    return escape(reverse("reading:document", kwargs={"slug": slug})), slug


def _written(part: str) -> str:
    """Return a part of an address, quoted and escaped for HTML; most numbers need neither."""
    return part if _PLAIN.fullmatch(part) else escape(quote(part, safe=_SAFE))


def on_day(html: str, day: date | None, query: str = "") -> str:
    """Return a kept page with the addresses of a day; without a day, of the text as it stands.

    `query` is what addresses keep besides, such as what is switched on.
    """
    there = f"{day.isoformat()}/" if day else ""
    if not query:
        return html.replace(DAY, there)
    asked = f"{there}?{escape(query)}"
    plain = _GOES_ON.sub(there, html)
    return plain.replace(f"{DAY}?", f"{asked}&amp;").replace(DAY, asked)


def with_query(sets: Iterable[SetSeen]) -> str:
    """Return the query that switches change sets on."""
    names = ",".join(each.name for each in sets)
    return urlencode({"with": names}, safe=",") if names else ""


def safe(html: str) -> SafeString:
    """Return HTML that `redlines` and the links of this app wrote: they escape all text."""
    return mark_safe(html)  # noqa: S308
