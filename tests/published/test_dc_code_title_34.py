"""Real law in 52 publications, kept and given back: Title 34 of the District of Columbia Code."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from engross.apps.legaltext.commands import import_code
from engross.apps.legaltext.models import Placement, ProvisionText
from engross.apps.legaltext.queries import code_as_at, document_as_at
from engross.core.legaltext.provisions import Code, Document, provisions_of
from tests.support.dc_code import (
    Shape,
    Title34,
    document_name,
    document_of,
    effective_days,
    read,
    shape_of_document,
    shape_of_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.corpus]

NOW = datetime(2030, 1, 1, tzinfo=UTC)
LONG_AGO = date(1990, 1, 1)
FAR = date(2100, 1, 1)


class Keeping:
    """Takes one publication after the other in, each section for the day its law took effect."""

    def __init__(self) -> None:
        self.days: dict[str, set[date]] = {}  # effective days named so far
        self.since: dict[str, date] = {}  # from which day its last text holds
        self.apart = 0  # changes that took effect on another day than they were published

    def take(self, published: date, files: dict[str, Path], removed: list[str]) -> None:
        """Store what a publication changed."""
        batches: dict[date, list[Document]] = {}
        for path, file in files.items():
            name, root = document_name(path), read(file)
            day = self._effective(name, effective_days(root), published)
            batches.setdefault(day, []).append(document_of(root, name))
            self.apart += day != published
        moment = datetime.combine(published, time(9), UTC)
        for day in sorted(batches):
            import_code(Code(tuple(batches[day])), effective_on=day, by=None, at=NOW,
                        published_at=moment, reason=f"Publication of {published}")  # fmt: skip
        if removed:
            names = [document_name(path) for path in removed]
            import_code(Code(), ended=names, effective_on=published, by=None, at=NOW,
                        published_at=moment, reason=f"Publication of {published}")  # fmt: skip
            self.since |= dict.fromkeys(names, published)

    def _effective(self, name: str, days: set[date], published: date) -> date:
        """Return the day of the law that is new; without one, the text itself was corrected."""
        before, since = self.days.get(name), self.since.get(name, LONG_AGO)
        first = published if name == "Title 34" else LONG_AGO
        new = days if before is None else days - before
        self.days[name] = days | (before or set())
        self.since[name] = max([since, first, *new])
        return self.since[name]


def test_every_publication_is_given_back_as_it_was(corpus: Path) -> None:
    keeping, files = Keeping(), dict[str, Shape]()
    expected: list[tuple[date, dict[str, Shape]]] = []
    for published, changed, removed in Title34(corpus).publications():
        keeping.take(published, changed, removed)
        gone = {document_name(path) for path in removed}
        said = {document_name(path): shape_of_file(read(file)) for path, file in changed.items()}
        files = {name: shape for name, shape in (files | said).items() if name not in gone}
        expected.append((published, files))
    assert len(expected) == 52

    provisions = 0
    for published, wanted in expected:
        end_of_day = datetime.combine(published, time(23), UTC)
        code = code_as_at(on=FAR, known_at=end_of_day)
        found = {each.document: shape_of_document(each) for each in code.documents}
        assert found.keys() == wanted.keys(), published
        assert [name for name in wanted if found[name] != wanted[name]] == [], published
        provisions += sum(1 for _ in provisions_of(code))

    texts, rows = ProvisionText.objects.count(), Placement.objects.count()
    print(f"\n{provisions:,} provisions in {len(expected)} publications are kept in {rows:,} "
          f"placements and {texts:,} distinct texts: {provisions / texts:.1f} to 1")  # fmt: skip
    assert texts < provisions / 40
    assert rows < provisions / 30
    assert keeping.apart > 100


def test_a_day_of_effect_is_not_a_day_of_publication(corpus: Path) -> None:
    """Every change that took effect on another day than it was published is on the right side.

    On the day before a law took effect the section reads as before it, although the law was
    published long since or not yet; asked as it was known before the publication, it is not there.
    """
    keeping, checked = Keeping(), 0
    for published, changed, removed in Title34(corpus).publications():
        before = dict(keeping.since)
        keeping.take(published, changed, removed)
        moment = datetime.combine(published, time(9), UTC)
        for path in changed:
            name = document_name(path)
            day, last = keeping.since[name], before.get(name)
            if last is None or not last < day != published:
                continue
            now = document_as_at(name, on=day)
            assert now is not None
            eve = day - timedelta(days=1)
            assert document_as_at(name, on=eve) == document_as_at(
                name, on=day, known_at=moment - timedelta(seconds=1)
            )
            checked += 1
    assert checked > 20
