"""Who has signed for each party, on what evidence, and what that makes of the protocol (design decision 4)."""

import re
from collections.abc import Sequence
from datetime import date

from protocols.mentions import mentioned
from protocols.model import DigitalSignature, Evidence, Signatory, SignatureReport, SignatureState
from protocols.parties import Party
from protocols.signing_places import Entry, is_blank
from protocols.word.model import VerifiedSignature
from protocols.wording import fold

_TYPED = re.compile(
    r"^(?:/s/|s/)|signed (?:electronically|digitally)|approved by e-?mail|envelope id|signed|yes",
    re.IGNORECASE,
)


def signatories(
    entries: Sequence[Entry], parties: Sequence[Party], signers: Sequence[VerifiedSignature]
) -> tuple[Signatory, ...]:
    """Who signed for each party, with the best evidence there is."""
    return tuple(
        Signatory(e.agency, e.name, e.position, e.day, _evidence(e, parties, signers))
        for e in entries
    )


def verdict(
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
    today: date,
) -> SignatureReport:
    """Signed, partly signed, unsigned or invalid, with the reason in one sentence."""
    digital = tuple(_report(signer) for signer in signers)
    broken = next((d for d in digital if d.integrity in ("altered", "unreadable")), None)
    if broken:
        return SignatureReport("invalid", broken.reason, digital)
    if not parties:
        return SignatureReport(
            "unsigned", "No parties were found, so nobody can have signed.", digital
        )
    signed = [
        party.name for party in parties if _has_signed(party, entries, parties, signers, today)
    ]
    missing = [party.name for party in parties if party.name not in signed]
    state: SignatureState = "signed" if not missing else "partly_signed" if signed else "unsigned"
    return SignatureReport(state, _reason(len(signed), missing, entries, parties, signers), digital)


def _report(signer: VerifiedSignature) -> DigitalSignature:
    return DigitalSignature(
        signer.signer,
        signer.signed_at,
        signer.integrity,
        signer.trust,
        signer.uncovered,
        signer.reason,
    )


def complete(entry: Entry, today: date) -> bool:
    """Whether name, date and, where asked for, signature stand there, and the date is not in the future."""
    shown = not entry.asks_signature or not is_blank(entry.signature) or entry.picture is not None
    return bool(entry.name) and entry.day is not None and entry.day <= today and shown


def linked_party(
    signer: VerifiedSignature, parties: Sequence[Party], entries: Sequence[Entry]
) -> str | None:
    """The party a digital signature counts for, if any."""
    for party in parties:
        own = [entry for entry in entries if entry.agency == party.name]
        if any(_linked(signer, party, entry) for entry in (*own, None)):
            return party.name
    return None


def _evidence(
    entry: Entry, parties: Sequence[Party], signers: Sequence[VerifiedSignature]
) -> Evidence:
    party = next((p for p in parties if p.name == entry.agency), None)
    if any(_linked(signer, party, entry) for signer in signers):
        return "digital"
    if entry.picture and not entry.lines:
        return "image"
    if entry.name and (entry.day or (entry.signature and _TYPED.search(entry.signature))):
        return "typed"
    return "none"


def _linked(signer: VerifiedSignature, party: Party | None, entry: Entry | None) -> bool:
    """A signature speaks for a party when intact, trusted, and tied to it by signature line or certificate name."""
    if signer.integrity != "intact" or signer.trust != "trusted":
        return False
    if entry is not None and signer.setup_id is not None and signer.setup_id in entry.lines:
        return True
    if party is not None and mentioned(signer.signer or "", (party,)):
        return True
    return (
        entry is not None
        and entry.name is not None
        and fold(entry.name) in fold(signer.signer or "")
    )


def _has_signed(
    party: Party,
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
    today: date,
) -> bool:
    own = [entry for entry in entries if entry.agency == party.name]
    if any(linked_party(signer, (party,), own) for signer in signers):
        return True
    return any(complete(entry, today) for entry in own)


def _reason(
    signed: int,
    missing: Sequence[str],
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
) -> str:
    total = len(parties)
    if not entries and not signers:
        return "No signatures, names or dates were found. If it was signed as a PDF or on paper, ask for that copy."
    kinds = sorted({_evidence(entry, parties, signers) for entry in entries} - {"none"})
    shown = {
        "typed": "typed names and dates, asserted and not proven",
        "image": "signature pictures",
        "digital": "digital signatures",
    }
    evidence = f" on {' and '.join(shown[kind] for kind in kinds)}" if kinds and signed else ""
    counted = f"{signed} of {total} parties have signed{evidence}."
    return counted if not missing else f"{counted} Still to sign: {', '.join(missing)}."
