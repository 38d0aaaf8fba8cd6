"""A file offered in 1:1: Teams asks the person, then says where to put it.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 (file consent card).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cards import wording

CONTENT_TYPE = "application/vnd.microsoft.teams.card.file.consent"
ACCEPT = "file.accept"
FileKind = Literal["protocol", "register", "report", "report_page"]


@dataclass(frozen=True, slots=True)
class FileOffer:
    """`context` comes back when the person accepts: ids only, checked again then."""

    kind: FileKind
    name: str
    size: int
    context: Mapping[str, str]

    @property
    def summary(self) -> str:
        return wording.FILES[self.kind]

    def attachment(self) -> dict[str, Any]:
        """The consent card as a Bot Framework attachment."""
        context = {**self.context, "file": self.kind}
        return {
            "contentType": CONTENT_TYPE,
            "name": self.name,
            "content": {
                "description": self.summary,
                "sizeInBytes": self.size,
                "acceptContext": context,
                "declineContext": context,
            },
        }
