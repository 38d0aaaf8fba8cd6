"""Ports of this machine."""

import socket


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listening(port: int) -> bool:
    """Does somebody listen on it?"""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
