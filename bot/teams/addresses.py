"""Which addresses a call may go to: https and one of the operator's hosts, or this machine in local mode."""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_allowed(url: str, hosts: Sequence[str], *, local: bool) -> bool:
    """Whether a call may go there.

    A host that starts with a dot stands for all below it; one with a scheme for exactly that origin.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    if local and is_loopback(host):
        return parts.scheme in ("http", "https")
    if f"{parts.scheme}://{parts.netloc}" in hosts:
        return True
    if parts.scheme != "https" or port not in (None, 443):
        return False
    return any(host.endswith(h) if h.startswith(".") else host == h for h in map(str.lower, hosts))


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
