"""What can become of a call to Teams.

TeamsError              any call that brought no answer we can use; `reason` names status and code
├── NotSent             Teams never took it: try again, after `retry_after` seconds when it said so
├── Ambiguous           Teams may have taken it: time-out, broken connection, 5xx
└── Refused             Teams will not take it this way
    └── NotAllowed      the address is not on the allow-list; nothing left this machine
"""


class TeamsError(Exception):
    """A call to Teams brought no usable answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSent(TeamsError):
    """Nothing reached Teams, or it said to come back later (412, 429)."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Ambiguous(TeamsError):
    """Teams may or may not have acted on it."""


class Refused(TeamsError):
    """Teams understood and will not do it: sending the same again changes nothing."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


class NotAllowed(Refused):
    """The service URL is not one of Teams': no token leaves."""
