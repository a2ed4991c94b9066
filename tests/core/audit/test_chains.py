"""A chain of events: whole as written, broken by any edit, whole again after an erasure."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engross.core.audit import (
    ERASED,
    FIELDS,
    Link,
    coming_from,
    digest_of,
    faults_in,
    hash_of,
    source_now,
)


def emptied(link, name):
    """Return a link in which a field was emptied as an erasure does it."""
    salts = {each: salt for each, salt in link.salts.items() if each != name}
    values = {**link.values, name: ERASED}
    return replace(link, values=values, salts=salts, erased=frozenset({name}))


words = st.text(max_size=8)
values = st.fixed_dictionaries(
    {name: words | st.dictionaries(words, st.integers() | words, max_size=2) for name in FIELDS}
)


def chained(all_values, *, erases=None):
    """Return a chain of one link for each set of values; the last says what it `erases`."""
    links, previous = [], ""
    for position, each in enumerate(all_values, 1):
        salts = {name: f"salt-{position}-{name}" for name in FIELDS}
        digests = {name: digest_of(name, each[name], salt=salts[name]) for name in FIELDS}
        link = Link(position, f"2026-01-0{position % 9 + 1}T09:00:00+00:00", position % 3, "act",
                    "rule", digests, previous, salts=salts, values=each)  # fmt: skip
        link = replace(link, hash=hash_of(link))
        links.append(link)
        previous = link.hash
    if erases:
        links[-1] = replace(links[-1], erases=erases)
    return links


chains = st.lists(values, min_size=2, max_size=5)


@given(chains)
def test_a_chain_is_whole_as_it_was_written(all_values):
    assert list(faults_in(chained(all_values))) == []


@given(chains, st.data())
def test_any_edit_of_any_event_is_found_where_it_was_made(all_values, data):
    links = chained(all_values)
    at = data.draw(st.integers(0, len(links) - 1))
    link = links[at]
    name = data.draw(st.sampled_from(FIELDS))
    edits = [
        replace(link, values={**link.values, name: {"forged": 1}}),
        replace(link, by=77),
        replace(link, action="other"),
        replace(link, rule="other"),
        replace(link, happened_at="2020-02-29T00:00:00+00:00"),
        replace(link, previous="0" * 64),
        replace(link, hash="0" * 64),
        emptied(link, name),
    ]
    links[at] = data.draw(st.sampled_from(edits))

    assert any(fault.position in (at + 1, at + 2) for fault in faults_in(links))


@given(chains, st.data())
def test_a_forger_who_hashes_anew_is_found_at_the_next_event(all_values, data):
    links = chained(all_values)
    at = data.draw(st.integers(0, len(links) - 2))
    forged = replace(links[at], action="forged")
    links[at] = replace(forged, hash=hash_of(forged))

    assert [fault.position for fault in faults_in(links)] == [at + 2]


@given(chains, st.data())
def test_an_event_taken_out_leaves_a_gap(all_values, data):
    links = chained(all_values)
    del links[data.draw(st.integers(0, len(links) - 2))]

    assert any("missing" in fault.what for fault in faults_in(links))


@given(chains, st.sampled_from(FIELDS))
def test_an_erasure_that_the_chain_tells_of_leaves_it_whole(all_values, name):
    links = chained(all_values, erases={1: frozenset({name})})
    links[0] = emptied(links[0], name)

    assert list(faults_in(links)) == []


def test_the_source_holds_within_its_block_and_no_further():
    with coming_from("page 192.0.2.1"):
        with coming_from("command"):
            assert source_now() == "command"
        assert source_now() == "page 192.0.2.1"
    assert source_now() == ""
