"""What every database does: pieces of work run in it, each in one go.

Work is a plain function of a connection, so that a whole transaction costs the event loop one wait.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

Result = TypeVar("Result")


class Database(ABC):
    """Runs work; what the driver raises comes through, without the statement's parameters."""

    name: str

    @abstractmethod
    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` finds; each of its statements sees what was committed before it."""

    @abstractmethod
    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` did, all of it committed; nothing of it when it raises."""

    @abstractmethod
    async def close(self) -> None:
        """End every connection, once the work at hand is done."""
