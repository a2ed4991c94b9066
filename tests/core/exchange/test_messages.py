"""What programs are told of changes: to where, signed how, and what counts as a change."""

import base64
import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.exchange import (
    Kind,
    is_loopback,
    is_public,
    read_address,
    read_waits,
    secret_of,
    seen_as,
    signature_of,
    wait_after,
)
from engross.core.refusals import Refused

INSIDE = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
          "100.64.0.0/10", "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"]  # fmt: skip
inner = st.sampled_from([IPv4Network(each) for each in INSIDE]).flatmap(
    lambda net: st.integers(0, net.num_addresses - 1).map(lambda n: net[n])
)


@given(inner)
def test_no_address_of_an_inner_network_is_public_however_it_is_wrapped(address: IPv4Address):
    number = int(address)
    wrapped = [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | (number << 80)),
        IPv6Address(number),
    ]
    assert not any(is_public(str(each)) for each in [address, *wrapped])


@pytest.mark.parametrize(
    "text",
    ["::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::", "nothing", "", "1.2.3",
     "192.0.2.1", "2001:db8::1"],
)  # fmt: skip
def test_what_is_no_address_of_the_open_internet_is_not_public(text):
    assert not is_public(text)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_public_and_loopback_exclude_each_other(address):
    assert not (is_public(str(address)) and is_loopback(str(address)))
    if is_public(str(address)):
        assert ip_address(str(address)).is_global


def test_open_addresses_are_public():
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")


def test_an_address_is_taken_apart():
    found = read_address("https://Example.org:8443?key=1")
    assert (found.host, found.port, found.target) == ("example.org", 8443, "/?key=1")
    assert read_address("https://[2606:4700::1111]/x").host == "2606:4700::1111"
    assert read_address("http://localhost:1/", allows_local=True).is_encrypted is False


@pytest.mark.parametrize(
    "text",
    ["http://example.org/", "http://localhost/", "ftp://example.org/", "example.org", "https://",
     "https://user:secret@example.org/", "https://example.org/#part", "https://example.org:0/",
     "https://example.org:99999/", "https://exam ple.org/", "https://example.org/\r\nX: y",
     "https://ex\u0430mple.org/", "https://example.org/" + "a" * 500, "https://-x/", "https://a@b/"],
)  # fmt: skip
def test_what_is_not_https_to_a_host_is_refused(text):
    with pytest.raises(Refused):
        read_address(text)


def test_plain_http_leads_to_the_machine_itself_only():
    with pytest.raises(Refused):
        read_address("http://example.org/", allows_local=True)


@given(st.binary(min_size=16, max_size=64), st.binary(max_size=200), st.integers(0, 2**40))
def test_a_signature_is_what_the_specification_says(key, body, sent_at):
    given_out = secret_of(key)
    known = base64.b64decode(given_out.removeprefix("whsec_"))
    expected = hmac.new(known, f"msg_1.{sent_at}.".encode() + body, hashlib.sha256).digest()

    found = signature_of(key, message="msg_1", sent_at=sent_at, body=body)

    assert found == "v1," + base64.b64encode(expected).decode()


def test_the_signature_of_the_specifications_own_example():
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    found = signature_of(
        key,
        message="msg_p5jXN8AQM9LWM0D4loKWxJek",
        sent_at=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_id_with_a_full_stop_cannot_be_signed():
    with pytest.raises(ValueError, match="full stop"):
        signature_of(b"key", message="msg.1", sent_at=1, body=b"")


def test_a_row_is_to_a_reader_what_they_may_see_of_it():
    assert seen_as(before=False, after=True) is Kind.ADDED
    assert seen_as(before=True, after=True) is Kind.CORRECTED
    assert seen_as(before=True, after=False) is Kind.WITHDRAWN
    assert seen_as(before=False, after=False) is None
    assert all(each.meaning for each in Kind)


def test_waits_follow_the_schedule_and_end():
    waits = read_waits("1, 5,30")
    assert [wait_after(number, waits) for number in (1, 2, 3, 4)] == [
        timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), None,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no attempt"):
        wait_after(0, waits)


@pytest.mark.parametrize("text", ["", " , ", "1, x", "0", "-1", "1.5", "²"])
def test_what_is_no_schedule_is_refused(text):
    with pytest.raises(ValueError, match="whole minutes"):
        read_waits(text)
