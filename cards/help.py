"""What Clausewise does and reads, said before anyone has to ask (design decision 10)."""

from cards import wording
from cards.message import CardMessage
from cards.parts import heading, line, message, source_line
from protocols.model import Protocol


def welcome_card(protocol: Protocol | None, *, paused: bool = False) -> CardMessage:
    """For installation, a chat's first message and each person who joins; it says when notices are paused."""
    body = [
        heading(wording.WELCOME),
        *(line(text) for text in wording.WELCOME_LINES),
        *([line(wording.SHORT["paused"])] if paused else []),
    ]
    return message(
        [*body, source_line(protocol) if protocol else line(wording.NO_PROTOCOL)],
        wording.WELCOME_SUMMARY,
    )


def help_card(protocol: Protocol | None) -> CardMessage:
    body = [heading(wording.HELP), *(line(text) for text in wording.HELP_LINES)]
    return message(
        [*body, source_line(protocol) if protocol else line(wording.NO_PROTOCOL)],
        wording.HELP_SUMMARY,
    )


def no_protocol_card() -> CardMessage:
    """When a question comes and no protocol is in force."""
    return message(
        [heading(wording.NO_PROTOCOL), line(wording.NO_PROTOCOL_DETAIL)], wording.NO_PROTOCOL
    )
