"""One contract for every engine that answers: the same questions, the same answers."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engross.core.access import Reader
from tests.support.searching import jump, kinds, search, titles
from tests.support.stored_texts import clause, section, store

pytestmark = pytest.mark.django_db
STAFF = Reader(person=1, is_staff=True, has_second_factor=True)


@pytest.mark.usefixtures("engine", "records")
class TestFinding:
    def test_one_box_finds_text_and_records_by_words_in_any_form(self):
        found = kinds("meter data")
        assert (found["proposal"], found["clause"]) == (1, 1)
        assert kinds("supplier publish")["proposal"] == 1
        assert "MP078 Metering of small sites" in titles("metering")

    def test_phrases_beginnings_and_what_is_left_out(self):
        assert titles('"small sites"') == ["MP078 Metering of small sites"]
        assert titles('"sites small"') == []
        assert "MP078 Metering of small sites" in titles("meteri*")
        assert "Section D1(a)" in titles("meteri*")
        assert "MP078 Metering of small sites" not in titles("metering -sites")
        assert "Section D1(a)" not in titles("kind:clause -metering")

    def test_filters_by_kind_day_category_and_class(self):
        assert titles("kind:proposal") == ["MP078 Metering of small sites"]
        assert titles("kind:modifications metering") == ["MP078 Metering of small sites"]
        assert titles("date:2021-09 kind:proposal") == ["MP078 Metering of small sites"]
        assert titles("date:2021-10 kind:proposal") == []
        assert titles("from:2021-09-10 until:2021-09 kind:proposal") != []
        assert titles("category:large-supplier kind:proposal") != []
        assert titles("category:small-supplier kind:proposal") == []
        assert "Section D1(a)" in titles("category:small-supplier kind:clause")
        assert titles("category:small-supplier kind:party") == ["Example Energy Limited"]
        assert titles("class:green budget") == []
        green = titles("class:green budget", reader=STAFF)
        assert green == ["SECP_97_1510_18 Metering budget, zebragreen"]

    def test_counts_are_told_of_every_kind_whichever_is_chosen(self):
        assert kinds("kind:proposal metering") == kinds("metering")
        found = search("kind:proposal metering")
        assert found.total == 1

    def test_text_is_searched_as_it_stands_on_a_day(self):
        assert titles("kind:clause meets") == ["Section E1"]
        assert titles("nobody") == []
        assert titles("nobody", on=date(2021, 2, 1), as_at=date(2021, 2, 1)) == ["Section E1"]
        assert kinds("metering", as_at=date(2021, 9, 9))["proposal"] == 0

    def test_text_that_comes_later_is_found_with_its_terms_and_its_version(self):
        assert titles("kind:definition zebu") == []
        point = clause("F1", 'In this Section: "Zebu Point" means an animal.')
        store(section("F", point), on=date(2021, 10, 1), days=9, version="47.0")
        assert titles("kind:definition zebu") == ["Zebu Point"]
        assert titles("kind:clause zebu") == ["Section F1"]
        assert titles("kind:definition zebu", as_at=date(2021, 9, 1)) == []
        assert jump("47.0").href == "/code-versions/47.0/"

    def test_what_is_called_so_comes_first(self):
        assert titles("metering point")[0] == "Metering Point"

    def test_results_come_by_day_when_asked(self):
        newest = [hit.day_from for hit in search("panel or metering", sort="newest").hits]
        assert newest == sorted((day for day in newest if day), reverse=True)

    def test_a_mistake_is_corrected_and_said(self):
        found = search("metring")
        assert found.corrected == "metering"
        assert found.counts == search("metering").counts
        assert search("zzzzz").corrected == ""

    def test_pages_follow_each_other_without_gap(self):
        whole = titles("kind:guidance", limit=60)
        assert titles("kind:guidance", limit=20) + titles(
            "kind:guidance", offset=20, limit=40
        ) == whole  # fmt: skip

    @pytest.mark.parametrize(
        ("typed", "href"),
        [
            ("D1(a)", "/code/section/D/1(a)/"),
            ("section d1 (a)", "/code/section/D/1(a)/"),
            ("Section D", "/code/section/D/"),
            ("MP078", "/proposals/MP078/"),
            ("dp078", "/proposals/MP078/"),
            ("46.0", "/code-versions/46.0/"),
            ("SECP_97_1510_17", "/meetings/SECP_97/"),
            ("example energy limited", "/parties/P1/"),
        ],
    )
    def test_an_exact_address_or_identifier_leads_straight_there(self, typed, href):
        assert jump(typed).href == href

    @pytest.mark.parametrize(
        "typed", ["D99", "metering", "MP999", "Section Z", "", "SECP_97_1510_19"]
    )
    def test_what_names_nothing_or_nothing_readable_leads_nowhere(self, typed):
        assert jump(typed) is None


@pytest.mark.usefixtures("engine", "records")
@settings(max_examples=60)
@given(st.text(max_size=80), st.sampled_from(["", "kind:clause ", "-", '"', "category:panel "]))
@example('a" OR "b', "")
@example("x* -y*", "")
@example("\x00", "")
@example("ª ² ½ Ⅷ ٣ 漢字", "")
def test_whatever_is_typed_is_answered(text, before):
    with transaction.atomic():
        search(before + text)
        jump(before + text)
        transaction.set_rollback(True)
