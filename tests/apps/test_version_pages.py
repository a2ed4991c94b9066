"""The pages, feed, files and API of the code's versions."""

from datetime import UTC, datetime

import feedparser
import pytest

from tests.factories import proposal, tranche, version

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def three():
    version("9.0", "2021-06-24", cause="modification", key_changes="The June release")
    version("10.0", "2021-09-22", cause="dcc-direction", published_on="2021-09-15")
    version("11.0", "2021-11-04", published_on="2021-10-20", cause="modification")
    proposal("MP078", title="Enduring change of supplier")
    proposal("MP109", title="Another change")
    tranche("MP078", state="done", version="10.0", implemented_on="2021-09-22")
    tranche("MP109", state="done", version="10.0", implemented_on="2021-09-22")


def many(count):
    for number in range(count):
        key = f"{number}.1"
        version(key, f"20{10 + number // 28:02}-03-{1 + number % 28:02}", cause="modification")


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_which_version_was_in_force_on_a_day(client, three):
    shown = page(client, "/code-versions/?as_at=2021-09-25")

    assert 'href="/code-versions/10.0/?as_at=2021-09-25">version 10.0</a>' in shown
    assert shown.index("10.0</a>") < shown.index("9.0</a>")
    assert "11.0</a>" not in shown  # published later


def test_a_version_published_but_not_in_force_says_from_when_it_will_be(client, three):
    shown = page(client, "/code-versions/?as_at=2021-10-25")

    assert 'In force from <time datetime="2021-11-04">' in shown
    assert "version 10.0</a>" in shown


def test_the_list_counts_the_proposals_that_came_with_a_version(client, three):
    row = page(client, "/code-versions/?cause=dcc-direction").split("10.0</a></th>")[1]

    assert 'class="number" data-label="Modifications">2</td>' in row


def test_filters_narrow_by_cause_year_and_words(client, three):
    version("5.14", "2018-02-22")
    for query, held, left_out in (
        ("cause=dcc-direction", ">10.0</a>", ">9.0</a>"),
        ("year=2018", ">5.14</a>", ">10.0</a>"),
        ("q=june", ">9.0</a>", ">10.0</a>"),
    ):
        shown = page(client, f"/code-versions/?{query}")
        assert held in shown
        assert left_out not in shown.split('id="results"')[1]


@pytest.mark.parametrize("query", ["year=x", "cause=nonsense", "as_at=2021-99-99", "page=zz"])
def test_a_filter_that_cannot_be_read_breaks_nothing(client, three, query):
    assert ">10.0</a>" in page(client, f"/code-versions/?{query}")


def test_a_file_holds_what_the_filters_left(client, three):
    lines = page(client, "/code-versions.csv?year=2021&cause=modification").splitlines()

    assert lines[0].lstrip("\ufeff").startswith("version,effective_on")
    assert [line.split(",")[0] for line in lines[1:]] == ["11.0", "9.0"]


def test_a_version_shows_what_made_it_and_its_neighbours(client, three):
    shown = page(client, "/code-versions/10.0/?as_at=2021-09-25")

    assert "In force" in shown
    assert "Enduring change of supplier" in shown
    assert 'href="/code-versions/9.0/" rel="prev"' in shown
    assert 'href="/code-versions/11.0/" rel="next"' in shown
    assert "Notice, in Working Days</dt><dd>5</dd>" in shown
    assert "Took effect</a>" in shown.split('id="timeline"')[1]


def test_an_unknown_version_is_not_found_and_names_the_nearest(client, three):
    response = client.get("/code-versions/10.00/")

    assert response.status_code == 404
    assert 'href="/code-versions/10.0/"' in response.content.decode()


def test_without_records_the_list_says_so(client):
    assert "No version is recorded yet." in page(client, "/code-versions/")


def test_what_was_typed_never_becomes_markup(client):
    version("1.0", "2021-09-01", key_changes=SCRIPT)

    for address in ("/code-versions/", "/code-versions/1.0/", "/code-versions/feed.atom"):
        assert SCRIPT not in page(client, address)
    fed = feedparser.parse(client.get("/code-versions/feed.atom").content)
    assert "script" in fed.entries[0].summary
    assert "<script" not in fed.entries[0].summary


def test_the_feed_can_be_read_and_its_ids_last(client, three):
    before = feedparser.parse(client.get("/code-versions/feed.atom").content)
    corrected_at = datetime(2021, 12, 1, 9, tzinfo=UTC)
    version("10.0", "2021-09-23", at=corrected_at)
    after = feedparser.parse(client.get("/code-versions/feed.atom").content)

    assert not before.bozo
    titles = [entry.title for entry in before.entries]
    assert titles[0] == "Version 11.0, in force from 4 November 2021"
    assert [entry.id for entry in before.entries] == [entry.id for entry in after.entries]
    assert len({entry.id for entry in before.entries}) == 3
    assert after.entries[1].updated_parsed[:3] == (2021, 12, 1)
    assert "2 proposals came with it" in before.entries[1].summary


def test_the_api_answers_as_at_a_day_and_as_known_at_a_moment(client, three):
    later = datetime(2021, 12, 1, 9, tzinfo=UTC)
    version("12.0", "2021-08-01", at=later)

    def numbers(query):
        found = client.get(f"/api/v1/code/versions?{query}").json()
        return [row["version"] for row in found["rows"]]

    assert numbers("as_at=2021-09-25") == ["10.0", "12.0", "9.0"]
    assert numbers("as_at=2021-09-25&known_at=2021-11-01T00:00:00Z") == ["10.0", "9.0"]
    assert numbers("cause=dcc-direction") == ["10.0"]


def test_the_api_tells_a_version_with_its_parts(client, three):
    found = client.get("/api/v1/code/versions/10.0?as_at=2021-09-25").json()

    assert found["standing"] == "in-force"
    assert found["proposals"] == 2
    assert [part["proposal"] for part in found["parts"]] == ["MP078", "MP109"]
    assert (found["previous"], found["next"]) == ("9.0", "11.0")
    assert client.get("/api/v1/code/versions/99").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_records(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    many(5)
    with django_assert_max_num_queries(10) as few:
        client.get("/code-versions/")
        client.get("/api/v1/code/versions")
    many(100)
    with django_assert_num_queries(len(few)):
        client.get("/code-versions/")
        client.get("/api/v1/code/versions")


def test_a_visitor_is_offered_no_command(client, three):
    assert "/registers/code-versions/record/" not in page(client, "/code-versions/")
    assert "/correct/" not in page(client, "/code-versions/10.0/")


def test_staff_are_offered_the_registers_commands(client, three, secretary):
    client.force_login(secretary)

    assert "/registers/code-versions/record/" in page(client, "/code-versions/")
    shown = page(client, "/code-versions/10.0/")
    assert "/correct/" in shown
    assert "/registers/proposal-tranches/record/?version=10.0" in shown
