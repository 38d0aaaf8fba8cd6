"""How often something may happen: a number of times within some seconds, counted per name."""

from collections.abc import Callable


class Pace:
    """In memory and for this process; names that fall silent are forgotten."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: dict[str, list[float]] = {}

    def allows(self, name: str) -> bool:
        """Whether it may happen once more now; counted when it may."""
        now = self._clock()
        self._forget(now)
        times = self._times[name] = self._times.pop(name, [])
        while times and now - times[0] > self._seconds:
            del times[0]
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def _forget(self, now: float) -> None:
        """Names stand in the order they were last asked about, so the oldest are in front."""
        while self._times:
            name, times = next(iter(self._times.items()))
            if times and now - times[-1] <= self._seconds:
                break
            del self._times[name]
