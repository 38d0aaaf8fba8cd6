"""How fast Teams lets one bot write to one conversation (learn.microsoft.com: rate limiting, per thread)."""

import time
from collections import defaultdict, deque
from collections.abc import Callable

SEND_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))  # so many within so many seconds


class RateLimit:
    """Counts sends per conversation; `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=SEND_LIMITS[-1][0]))

    def wait(self, conversation: str) -> float:
        """Seconds until the next send is allowed; at 0 this send is counted."""
        now, sent = self._clock(), self._sent[conversation]
        wait = max(_until_free(sent, now, most, window) for most, window in SEND_LIMITS)
        if wait == 0:
            sent.append(now)
        return wait


def _until_free(sent: deque[float], now: float, most: int, window: float) -> float:
    return max(0.0, sent[-most] + window - now) if len(sent) >= most else 0.0
