"""The people of the meeting room, invented, seated at the agencies of whichever protocol is in use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.records import Member

BOT = Member("28:clausewise-demo", "Clausewise", None, "tenant-clausewise", role="bot")
_PEOPLE = ("Mere Tautahi", "Tom Ashworth", "Sefina Leota", "Priya Nair", "Rangi Kahukura")
_GUEST = "Janet Cole"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody you can be. The guest's agency has not signed, so `agency` says just that."""

    key: str
    member: Member
    agency: str
    part: str


def cast(agencies: Sequence[str], lead: str | None = None) -> tuple[Player, ...]:
    """A facilitator from the lead agency, four attendees from others, and a guest of none."""
    lead = lead or (agencies[0] if agencies else "Lead agency")
    others = [agency for agency in agencies if agency != lead] or [lead]
    seats = [lead, *(others[number % len(others)] for number in range(len(_PEOPLE) - 1))]
    players = [
        _player(name, agency, "Facilitator" if number == 0 else "Attendee")
        for number, (name, agency) in enumerate(zip(_PEOPLE, seats, strict=True))
    ]
    return (*players, _player(_GUEST, "Guest, agency not a party", "Guest"))


def _player(name: str, agency: str, part: str) -> Player:
    key = name.partition(" ")[0].lower()
    slug = re.sub(r"\W+", "-", agency.lower()).strip("-") or "agency"
    tenant = "tenant-guest" if part == "Guest" else f"tenant-{slug}"
    host = "community.example" if part == "Guest" else f"{slug}.example"
    email = f"{name.lower().replace(' ', '.')}@{host}"
    role = "guest" if part == "Guest" else "user"
    return Player(key, Member(f"29:{key}", name, f"aad-{key}", tenant, email, role), agency, part)
