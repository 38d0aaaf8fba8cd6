"""A small protocol made by hand, so that the pictures of cards change only when the cards do."""

from datetime import date

from protocols.model import (
    Clause,
    ClauseKind,
    Contact,
    Finding,
    Protocol,
    Review,
    Section,
    SectionKey,
    SharingRule,
    Signatory,
    SignatureReport,
)

EDUCATION = "Ministry of Education"
POLICE = "New Zealand Police"
RUNANGA = "Te Rūnanga o Ngāti Māhuri"
HEALTH = "Health New Zealand | Te Whatu Ora"
AGENCIES = (EDUCATION, POLICE, RUNANGA, HEALTH)
_66C = "Oranga Tamariki Act 1989, section 66C"
_LINES: tuple[tuple[SectionKey, str, str, str | dict[str, str], str | None], ...] = (
    ("parties", "Parties", "1.1", "The parties are the Ministry of Education, New Zealand Police, Te Rūnanga o Ngāti Māhuri and Health New Zealand | Te Whatu Ora.", None),
    ("parties", "Parties", "1.2", "Each agency names one representative, who has read this protocol before their first meeting.", None),
    ("sharing_purpose", "Purpose of sharing", "Table 1, row 1", {"Agency": EDUCATION, "Purpose": "To find out why a child is away from school and arrange learning support."}, None),
    ("information_shared", "Information to be shared", "4.1", "Table 2 lists everything that may be shared. Anything not listed is not shared.", None),
    ("information_shared", "Information to be shared", "Table 2, row 1", {"Information": "Attendance rate for this term and last term", "Shared by": EDUCATION, "Shared with": "All attending agencies", "Legal authority": _66C}, None),
    ("information_shared", "Information to be shared", "Table 2, row 2", {"Information": "Supports the school has already tried", "Shared by": EDUCATION, "Shared with": f"{RUNANGA}; {HEALTH}", "Legal authority": _66C}, None),
    ("information_shared", "Information to be shared", "Table 2, row 3", {"Information": "Safety concerns at home in the last six months", "Shared by": POLICE, "Shared with": f"{EDUCATION} (verbally only)", "Legal authority": "Family Violence Act 2018, section 20"}, None),
    ("use", "Use of information", "6.1", "Information is used only for the support agreed at the meeting. *Nothing* else_at_all.", None),
    ("use", "Use of information", "6.2", "An agency may report the outcome of an action back to the meeting.", None),
    ("secondary_use", "Secondary use", "7.1", "An agency that wants to use information for a different purpose first works through the authority afresh and asks its privacy officer.", None),
    ("transparency", "Telling people", "8.1", "Before sharing under section 66C an agency tells the child or their representative what will be shared and with whom, and takes their views into account.", None),
    ("method", "Method of sharing", "9.1", "Everyone who takes part keeps to these rules:", None),
    ("method", "Method of sharing", "9.1(a)", "information is shared by voice at the meeting;", "9.1"),
    ("method", "Method of sharing", "9.1(b)", "personal information is not typed into the meeting chat;", "9.1"),
    ("method", "Method of sharing", "9.1(c)", "meetings are not recorded, and nobody takes screenshots; and", "9.1"),
    ("method", "Method of sharing", "9.1(d)", "representatives join from a private room where they cannot be overheard.", "9.1"),
    ("security_classification", "Security classification", "10.1", "Information shared at the meeting is classified IN-CONFIDENCE.", None),
    ("security_controls", "Security controls", "Table 3, row 1", {"Type": "Requirement", "Control": "Privacy training completed within the last 12 months", "Applies to": "Every representative"}, None),
    ("tikanga", "Tikanga", "12.1", "Information about Māori children and their whānau is treated as a taonga.", None),
    ("retention", "Retention and disposal", "13.1", "Handwritten notes are destroyed by the end of that day.", None),
    ("retention", "Retention and disposal", "13.2", "E-mails that hold personal information are deleted within five working days.", None),
    ("breach", "Breach management", "14.1", "Anyone who notices a breach tells the breach contact in Table 4 the same day.", None),
    ("breach", "Breach management", "14.2", "The agency where it happened contains it and tells its own privacy officer.", None),
    ("breach", "Breach management", "Table 4, row 1", {"Role": "Breach contact", "Name": "Hinewai Parata-Lowe", "Agency": EDUCATION, "Phone": "03 555 0143"}, None),
    ("conflicts", "Conflicts of interest", "15.1", "Anyone who knows a child or whānau on the agenda tells the facilitator as soon as they realise.", None),
    ("conflicts", "Conflicts of interest", "15.2", "A person with a conflict leaves the call for that item and passes the request to a colleague.", None),
    ("review", "Review", "17.1", "The Ministry of Education starts a review every 12 months. Any agency may ask for an earlier one.", None),
)  # fmt: skip


def sample_protocol(*, signed: bool = True) -> Protocol:
    """A signed protocol of four agencies; unsigned when asked for."""
    clauses = [_clause(place, *line) for place, line in enumerate(_LINES, start=1)]
    keys = dict.fromkeys(clause.section for clause in clauses)
    return Protocol(
        title="Kererū Attendance Hui Protocol",
        version="2.1",
        security_classification="IN-CONFIDENCE",
        agencies=AGENCIES,
        lead_agency=EDUCATION,
        sections=tuple(_section(key, clauses) for key in keys),
        rules=(
            SharingRule(EDUCATION, "Attendance rate for this term and last term", None, _66C, (POLICE, RUNANGA, HEALTH), "Table 2, row 1"),
            SharingRule(EDUCATION, "Supports the school has already tried", None, _66C, (RUNANGA, HEALTH), "Table 2, row 2"),
            SharingRule(POLICE, "Safety concerns at home in the last six months", None, "Family Violence Act 2018, section 20", (EDUCATION,), "Table 2, row 3"),
        ),
        contacts=(Contact("breach", EDUCATION, "Hinewai Parata-Lowe", "03 555 0143", "Table 4, row 1"),),
        signatories=tuple(_signatory(agency, signed=signed) for agency in AGENCIES),
        signature=SignatureReport(
            "signed" if signed else "partly_signed",
            "All 4 agencies have a name and a date." if signed else "Health New Zealand has no date.",
            (),
        ),
        review=Review("12 months", date(2027, 3, 16), EDUCATION),
        findings=() if signed else (Finding("signature_missing", "warning", "Health New Zealand: no date in the signature table. Ask them to sign.", "Table 6, row 4"),),
    )  # fmt: skip


def _clause(
    place: int,
    section: SectionKey,
    heading: str,
    cite: str,
    said: str | dict[str, str],
    lead_in: str | None,
) -> Clause:
    cells = said if isinstance(said, dict) else None
    text = said if isinstance(said, str) else "; ".join(f"{k}: {v}" for k, v in said.items())
    kind: ClauseKind = "table_row" if cells else "list_item" if lead_in else "paragraph"
    return Clause(f"c{place:03}", cite, cite, kind, text, cells, (), section, heading, lead_in)


def _section(key: SectionKey, clauses: list[Clause]) -> Section:
    said = tuple(clause for clause in clauses if clause.section == key)
    return Section(key, None, said[0].heading, said)


def _signatory(agency: str, *, signed: bool) -> Signatory:
    has_signed = signed or agency != HEALTH
    return Signatory(
        agency,
        "A. Signatory" if has_signed else None,
        "Regional Manager",
        date(2026, 3, 16) if has_signed else None,
        "typed" if has_signed else "none",
    )
