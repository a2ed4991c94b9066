"""The Atom feed of one document of the code: the days from which it reads otherwise."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from engross.apps.legaltext.queries import versions_of
from engross.apps.registers.feeds import ENTRIES, EntriesFeed, Entry, tag_of, written
from engross.apps.registers.queries import active_code
from engross.core.legaltext.numbers.addresses import address_from_slug


class DocumentFeed(EntriesFeed):
    """When a document changes, those changes that are published and lie ahead among them."""

    def get_object(self, request: HttpRequest, slug: str) -> tuple[str, str]:
        try:
            address = address_from_slug(slug)
        except ValueError as error:
            raise Http404("There is no such document") from error
        if address.number or not versions_of(address.document):
            raise Http404("There is no such document")
        return slug, address.document

    def title(self, document: tuple[str, str]) -> str:
        return f"{active_code().short_name}: {document[1]}"

    def subtitle(self, document: tuple[str, str]) -> str:
        return f"From which days {document[1]} reads otherwise"

    def link(self, document: tuple[str, str]) -> str:
        return reverse("reading:document", kwargs={"slug": document[0]})

    def feed_guid(self, document: tuple[str, str]) -> str:
        return tag_of("documents", document[0])

    def items(self, document: tuple[str, str]) -> list[Entry]:
        slug, name = document
        found = versions_of(name)[::-1][:ENTRIES]
        return [
            Entry(
                f"{each.name} as in force from {written(each.effective_from)}",
                ". ".join(filter(None, (
                    each.title, f"Version {each.number}" if each.number else "",
                    f"By version {each.version} of the code" if each.version else "",
                ))),
                reverse("reading:document",
                        kwargs={"slug": slug, "day": each.effective_from.isoformat()}),
                ("documents", slug, each.effective_from.isoformat()), each.recorded_from,
            )
            for each in found
        ]  # fmt: skip
