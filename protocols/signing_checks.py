"""Checks on the signatures: who is missing, dates that cannot be, pictures used twice, digital signatures that do not count."""

from collections import Counter
from collections.abc import Callable, Iterator

from protocols.dates import show_date
from protocols.gathered import Gathered
from protocols.model import Finding
from protocols.signing import complete, linked_party
from protocols.wording import any_of, fold


def _missing(read: Gathered) -> Iterator[Finding]:
    if not read.entries:
        message = "No signatures were found. If it was signed as a PDF or on paper, this is a draft until a signed Word version is uploaded."
        yield Finding("not_signed", "warning", message, None)
        return
    signed = {entry.agency for entry in read.entries if complete(entry, read.today)}
    signed |= (
        {
            name
            for signer in read.paper.signatures
            if (name := linked_party(signer, read.parties, read.entries))
        }
        if read.paper
        else set()
    )
    cites = {entry.agency: entry.clause for entry in read.entries}
    for party in read.parties:
        if party.name not in signed:
            message = f"{party.name} has not signed. Its name and date of signing are needed before it takes part."
            yield Finding("not_signed", "warning", message, cites.get(party.name))


def _dates(read: Gathered) -> Iterator[Finding]:
    created = read.paper.document.properties.created if read.paper else None
    for entry in read.entries:
        if entry.day and entry.day > read.today:
            message = f"{entry.agency} is dated {show_date(entry.day)}, which is in the future. It does not count yet; check the date."
            yield Finding("date_in_future", "error", message, entry.clause)
        elif entry.day and created and entry.day < created.date():
            message = f"{entry.agency} is dated {show_date(entry.day)}, before this file was made ({show_date(created.date())}). Check that this is the version it signed."
            yield Finding("date_before_file", "note", message, entry.clause)


def _pictures(read: Gathered) -> Iterator[Finding]:
    used = Counter(entry.picture for entry in read.entries if entry.picture)
    for entry in read.entries:
        if entry.picture and used[entry.picture] > 1:
            message = "The same signature picture stands in more than one row. Ask each agency to confirm its own."
            yield Finding("picture_repeated", "warning", message, entry.clause)


def _digital(read: Gathered) -> Iterator[Finding]:
    for signer in read.paper.signatures if read.paper else ():
        who = signer.signer or "an unnamed signer"
        if signer.integrity in ("altered", "unreadable"):
            message = f"The digital signature of {who} is {signer.integrity}. {signer.reason} Ask for a fresh signed copy."
            yield Finding("digital_signature_invalid", "error", message, None)
        elif signer.integrity == "partial":
            message = f"The digital signature of {who} does not cover everything ({', '.join(signer.uncovered)}), so it does not count. Ask for a fresh signed copy."
            yield Finding("digital_signature_partial", "warning", message, None)
        elif linked_party(signer, read.parties, read.entries) is None:
            why = (
                "its certificate is not in your trust store"
                if signer.trust != "trusted"
                else "it names none of the parties"
            )
            message = f"The digital signature of {who} is intact but does not count: {why}. {signer.reason}".strip()
            yield Finding("digital_signature_not_counted", "note", message, None)
    for _ in read.paper.orphans if read.paper else ():
        yield Finding(
            "digital_signature_orphan",
            "warning",
            "The file holds a signature that nothing points to; Word takes it for unsigned.",
            None,
        )


def _specialist(read: Gathered) -> Iterator[Finding]:
    own = read.within("approvals")
    folded = [fold(" ".join((*(c.cells or {}), c.text))) for c in own]
    if own and not any(
        any_of((" privacy ", " legal ", " lawyer ", " solicitor ", " specialist "), text)
        for text in folded
    ):
        message = "Nothing says that a privacy, legal or information specialist checked the protocol. Ask each agency to have one read it."
        yield Finding("specialist_check_missing", "note", message, own[0].cite)


SIGNING_CHECKS: tuple[Callable[[Gathered], Iterator[Finding]], ...] = (
    _missing,
    _dates,
    _pictures,
    _digital,
    _specialist,
)
