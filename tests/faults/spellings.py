"""Addresses that must not be dialled, in every notation that some resolver, browser or library understands."""

from __future__ import annotations

import ipaddress

__all__ = ["FORBIDDEN_V4", "FORBIDDEN_V6", "SPELLINGS"]

FORBIDDEN_V4 = [
    "0.0.0.0",  # nothing binds to it
    "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3",
    "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.2.7", "192.88.99.1", "192.168.0.1",
    "198.18.0.1", "198.51.100.9", "203.0.113.5", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
FORBIDDEN_V6 = [
    "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "2001:db8::1", "2001::1",
    "2001:10::1", "3fff::1", "5f00::1", "64:ff9b:1::1",
]  # fmt: skip


def _spellings_v4(text: str) -> list[str]:
    address = ipaddress.IPv4Address(text)
    value = int(address)
    a, b, c, d = address.packed
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return [
        text, f"{text}.", f"{value}", f"0x{value:x}", f"0X{value:08X}", f"0{value:o}", f"000000{value:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a}.{b}.{c * 256 + d}",
        f"{a}.{(b * 256 + c) * 256 + d}", f"{a:#x}.{b}.0{c:o}.{d}", text.replace(".", "。"), wide,
        text.replace(".", "%2e"), "".join(f"%{ord(char):02x}" for char in text),
        f"[::ffff:{text}]", f"[::ffff:{a:02x}{b:02x}:{c:02x}{d:02x}]", f"[::{text}]", f"[64:ff9b::{text}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]", f"user:pw@{text}",
    ]  # fmt: skip


def _spellings_v6(text: str) -> list[str]:
    address = ipaddress.IPv6Address(text)
    return [f"[{text}]", f"[{address.exploded}]", f"[{text.upper()}]", f"[{text}%25eth0]"]


SPELLINGS = [s for text in FORBIDDEN_V4 for s in _spellings_v4(text)] + [
    s for t in FORBIDDEN_V6 for s in _spellings_v6(t)
]
