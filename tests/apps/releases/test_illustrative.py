"""Taking in the illustrative texts: every version reads as its files make it."""

from datetime import UTC, datetime

import pytest

from engross.apps.legaltext.models import CodeVersionDetails, ProvisionText
from engross.apps.legaltext.queries import code_as_at, code_of_version, notices_of_text
from engross.apps.releases.commands import load_illustrative
from engross.apps.releases.models import ChangeSet
from engross.apps.releases.queries import base_of, change_set_of, latest_versions
from engross.core.legaltext.applying import apply
from engross.core.legaltext.provisions import provisions_of
from engross.core.refusals import Refused
from tests.support.illustrative import IllustrativeText
from tests.support.stored_texts import without_ids

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("code", ["sec", "example"])
def test_every_version_and_every_open_set_reads_as_its_files_make_it(code: str) -> None:
    text = IllustrativeText(code)
    loaded = load_illustrative(text.folder, by=None, at=NOW)
    for version in text.meta["version"]:
        wanted = text.versions[version["number"]]
        assert without_ids(code_of_version(version["number"])) == without_ids(wanted)
        assert without_ids(code_as_at(on=version["effective_on"])) == without_ids(wanted)
    assert set(loaded.open_sets) == set(text.open_names)
    for version in latest_versions():
        made = apply(base_of(version), change_set_of(version)).code
        assert without_ids(made) == without_ids(text.with_set(version.change_set.name))
    provisions = sum(1 for each in text.versions.values() for _ in provisions_of(each))
    assert ProvisionText.objects.count() < provisions / 2
    assert ChangeSet.objects.filter(published_in__isnull=False).exists()


def test_the_register_of_versions_does_not_get_them_and_it_is_taken_in_once() -> None:
    text = IllustrativeText("example")
    load_illustrative(text.folder, by=None, at=NOW)
    assert not CodeVersionDetails.objects.exists()
    assert notices_of_text() == [text.meta["statement"]]
    with pytest.raises(Refused, match="has text already"):
        load_illustrative(text.folder, by=None, at=NOW)
