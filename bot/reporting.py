"""The report of one meeting from what was counted."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.storage.meetings import MeetingRecords
from cards.wording import NEW_ZEALAND
from knowledge.report import Report

_SPAN = timedelta(days=365)


async def report_of(
    records: MeetingRecords, meeting: str, protocol: str, attendees: int, at: datetime
) -> Report:
    """Counts of the twelve months before `at`, in New Zealand days and months."""
    since = at - _SPAN
    happened = await records.happenings(meeting, since)
    notices = await records.notices(meeting, since)
    acknowledged = await records.acknowledged(meeting, protocol)
    first = min((when for _, _, when in happened), default=at)
    return Report(
        first=_local(first).date(),
        last=_local(at).date(),
        questions=Counter(topic or "other" for kind, topic, _ in happened if kind == "question"),
        unanswered=Counter(topic or "other" for kind, topic, _ in happened if kind == "unanswered"),
        notices=len(notices),
        kinds=Counter(kind for kinds in notices for kind in kinds),
        acknowledged=len(acknowledged),
        attendees=attendees,
        conflicts=_months(when for kind, _, when in happened if kind == "conflict"),
        breaches=_months(when for kind, _, when in happened if kind == "breach"),
        reviews=sum(kind == "review" for kind, _, _ in happened),
    )


def _months(moments: Iterable[datetime]) -> Counter[str]:
    return Counter(f"{_local(moment):%Y-%m}" for moment in moments)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(NEW_ZEALAND)
