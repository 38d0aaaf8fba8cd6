"""What a check says about one thing."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing looked at. A problem's words end with the next step."""

    state: State
    about: str
    says: str
