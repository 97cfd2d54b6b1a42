"""Which addresses may be dialled."""

from __future__ import annotations

import ipaddress

import pytest

from scraper.errors import AddressRefused
from scraper.fetch.gate import admit, refusal
from tests.faults.spellings import FORBIDDEN_V4, FORBIDDEN_V6

PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
          "192.169.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.254", "2606:4700:4700::1111", "2a00:1450::1",
          "64:ff9b::8.8.8.8"]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN_V4 + FORBIDDEN_V6)
def test_a_special_address_is_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is not None


@pytest.mark.parametrize("address", FORBIDDEN_V4)
@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::", "::"])
def test_a_special_address_inside_another_is_refused(address: str, prefix: str) -> None:
    assert refusal(ipaddress.IPv6Address(prefix + address)) is not None


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


def test_the_refusal_names_the_host_and_the_way_out() -> None:
    with pytest.raises(AddressRefused, match=r"x\.example is 10\.0\.0\.1.*private.*--allow-private"):
        admit([ipaddress.ip_address("10.0.0.1")], "x.example")
