"""Addresses in ``tilth.toml``: whether one is any, and who can listen on the way to it."""

import ipaddress
from urllib.parse import urlsplit

import httpx2


def checked_address(url: str) -> str:
    """``url``, if it is an address without credentials, query and fragment.

    Raises:
        ValueError: It is not; says what is wrong without repeating it.
    """
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0  # beyond 65535 this raises
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise ValueError("is not an address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or not has_port:
        raise ValueError("is not an http(s):// address")
    if parts.username or parts.password:
        raise ValueError("holds credentials; name the variables that hold them instead")
    if parts.query or parts.fragment:
        raise ValueError("must not hold a query or a fragment")
    return url


def is_private(url: str) -> bool:
    """Whether nobody between here and there can listen: TLS, or this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
