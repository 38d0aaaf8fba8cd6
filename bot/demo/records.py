"""What the connector knows and remembers: people, what the bot sent, and the trouble it was told to make."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Kind = Literal["send", "update", "delete"]
Step = Literal["send", "targeted", "update", "delete", "create", "members", "meeting"]


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a conversation as the connector describes them; an anonymous one has no `aad`."""

    id: str
    name: str
    aad: str | None
    tenant: str
    email: str | None = None
    role: str = "user"

    def wire(self) -> dict[str, object]:
        described: dict[str, object] = {
            "id": self.id,
            "name": self.name,
            "tenantId": self.tenant,
            "userRole": self.role,
        }
        if self.aad is not None:
            described |= {"aadObjectId": self.aad, "objectId": self.aad}
        if self.email is not None:
            given, _, surname = self.name.partition(" ")
            described |= {"email": self.email, "userPrincipalName": self.email}
            described |= {"givenName": given, "surname": surname}
        return described


@dataclass(frozen=True, slots=True)
class Sent:
    """One accepted call of the bot. `recipient` is set for a targeted message: the only reader."""

    conversation_id: str
    activity_id: str
    activity: dict[str, object] = field(repr=False)
    targeted: bool
    recipient: str | None
    kind: Kind
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def type(self) -> str:
        return str(self.activity.get("type", ""))

    @property
    def text(self) -> str:
        """The plain text; empty for a card without one."""
        return str(self.activity.get("text") or "")

    @property
    def card(self) -> dict[str, object] | None:
        """The first Adaptive Card, if there is one."""
        attachments = self.activity.get("attachments")
        for attachment in attachments if isinstance(attachments, list) else []:
            if attachment.get("contentType") == "application/vnd.microsoft.card.adaptive":
                content: dict[str, object] = attachment["content"]
                return content
        return None


@dataclass(slots=True)
class Fault:
    """Trouble for the next calls of one step. Status 0 cuts the connection; `after_accept` does the
    work first, so the bot cannot know."""

    status: int
    times: int
    step: Step
    retry_after: float | None
    after_accept: bool
    code: str
