"""Dates as New Zealanders write them."""

import re
from datetime import date

from protocols.wording import fold

_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            ("january", "jan", "hanuere", "kohitatea"),
            ("february", "feb", "pepuere", "huitanguru"),
            ("march", "mar", "maehe", "poututerangi"),
            ("april", "apr", "aperira", "paengawhawha"),
            ("may", "mei", "haratua"),
            ("june", "jun", "hune", "pipiri"),
            ("july", "jul", "hurae", "hongongoi"),
            ("august", "aug", "akuhata", "hereturikoka"),
            ("september", "sep", "sept", "hepetema", "mahuru"),
            ("october", "oct", "oketopa", "whiringa a nuku"),
            ("november", "nov", "noema", "whiringa a rangi"),
            ("december", "dec", "tihema", "hakihea"),
        ),
        1,
    )
    for name in names
}
MONTH_NAMES = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?: st| nd| rd| th|st|nd|rd|th)? (?:of )?({MONTH_NAMES})(?: (?:{MONTH_NAMES}))? (\d{{4}}|\d{{2}})(?!\d)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?!\d)")


def parse_date(text: str) -> date | None:
    """The first date in a text: "2 March 2026", "1 Hōngongoi (July) 2025", ISO, or day/month/year."""
    if iso := _ISO.search(text):
        return _date(*map(int, iso.groups()))
    if worded := _WORDED.search(fold(text)):
        day, month, year = worded.groups()
        return _date(_full(year), _MONTHS[month], int(day))
    if numeric := _NUMERIC.search(text):
        day, month, year = numeric.groups()
        return _date(_full(year), int(month), int(day))
    return None


def month_number(name: str) -> int:
    """1 to 12 for a month's English or Māori name."""
    return _MONTHS[fold(name).strip()]


def show_date(day: date) -> str:
    """A date as people here write it: 2 March 2026."""
    return f"{day.day} {day:%B} {day.year}"


def add_months(start: date, months: int) -> date:
    """The same day some months later, or that month's last day."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    for day in range(start.day, 27, -1):
        if found := _date(year, month, day):
            return found
    return date(year, month, min(start.day, 28))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
