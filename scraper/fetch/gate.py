"""The gate: which addresses may be dialled. A URL from the open web must not reach the machines around us.

Source of the ranges: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates), as of
2025. They are written out, for `ipaddress.is_global` changes its mind between Python releases.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from scraper.errors import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.fetch.target import Address

__all__ = ["admit", "refusal"]

_V4 = tuple(
    (ipaddress.IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6_GLOBAL = ipaddress.IPv6Network("2000::/3")
"""The only range that is given out to the public (RFC 4291, section 2.4)."""
_V6 = tuple(
    (ipaddress.IPv6Network(network), what)
    for network, what in (
        ("2001::/23", "protocol assignments, Teredo, ORCHID"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: networks without IPv4 reach all of it through these, so the address inside decides."""


def refusal(address: Address) -> str | None:
    """Return why `address` is not to be dialled, in words; None for a public one."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((what for network, what in _V4 if address in network), None)
    if address in _NAT64:
        inner = refusal(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return f"NAT64 of {inner}" if inner else None
    if address.ipv4_mapped is not None:
        return "IPv4-mapped"
    if address not in _V6_GLOBAL:
        return "loopback" if address.is_loopback else "not public"
    return next((what for network, what in _V6 if address in network), None)


def admit(addresses: Iterable[Address], host: str) -> None:
    """Return if every one of a host's addresses may be dialled: one bad one among good ones is an attack.

    Raises:
        AddressRefused: names the address and what it is.

    """
    for address in addresses:
        what = refusal(address)
        if what is not None:
            name = "" if host == str(address) else f"{host} is "
            raise AddressRefused(
                f"{name}{address}: not a public address but {what}",
                advice="--allow-private (allow_private) permits it",
            )
