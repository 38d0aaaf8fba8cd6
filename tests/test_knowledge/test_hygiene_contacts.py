"""Telephone, e-mail, social media, birth dates and addresses: a person's are found, an agency's are not."""

import pytest

from knowledge.hygiene.scanning import scan

FOUND = [
    ("phone", "mums cell 021 555 0149", "021 555 0149"),
    ("phone", "o27 555 o182 thats what was on the form", "o27 555 o182"),
    ("phone", "dad only answers whatsapp +61 491 570 156", "+61 491 570 156"),
    ("phone", "mum's no. is oh two two, triple five, oh one six one", "oh two two, triple five, oh one six one"),
    ("phone", "O2 doesnt work but this one does: 0 2 1 5 5 5 0 1 7 3", "0 2 1 5 5 5 0 1 7 3"),
    ("email", "mum's email is the_tautaris@example.net", "the_tautaris@example.net"),
    ("email", "it was lilytran2011 at example dot com i think", "lilytran2011 at example dot com"),
    ("social_handle", "his insta is @yung_tuks.274", "@yung_tuks.274"),
    ("social_handle", "snap: lil_tevz07", "lil_tevz07"),
    ("social_handle", "facebook.com/ngaire.hapeta.9 has photos", "facebook.com/ngaire.hapeta.9"),
    ("date_of_birth", "dob is 14/08/2013", "14/08/2013"),
    ("date_of_birth", "born 7th of Feb 09", "7th of Feb 09"),
    ("date_of_birth", "turns 14 on 3 June 2026", "3 June 2026"),
    ("date_of_birth", "i whānau ia i te 22 Hereturikōkā 2012", "22 Hereturikōkā 2012"),
    ("date_of_birth", "born on the fourth of July twenty eleven", "the fourth of July twenty eleven"),
    ("address", "bailed to flat 2, 14a queens dr", "flat 2, 14a queens dr"),
    ("address", "mail goes to PO Box 30-882 Lower Hutt for the mother", "PO Box 30-882 Lower Hutt"),
    ("social_handle", "facebook profile is facebook.com/moana.tk.338", "facebook.com/moana.tk.338"),
    ("address", "they've shifted to 27B Rātā Crescent, Tākaka", "27B Rātā Crescent, Tākaka"),
    ("address", "car 4 going to 207 old quarry rd now", "207 old quarry rd"),
    ("address", "he's crashing at flat 3, 118 Waiparo Rd w mates", "flat 3, 118 Waiparo Rd"),
    ("address", "PO Box 7714, Nelson South is the only mail that gets thru to mum", "PO Box 7714, Nelson South"),
]  # fmt: skip

LEFT_ALONE = [
    "Healthline 0800 611 116",
    "1737 free call or text any time",
    "school office (06) 555 0100, ext 0 for the deputy",
    "dial in +64 4 555 8100,,552094417# if teams plays up",
    "+64 4 555 0100,,482119073# New Zealand, Wellington (conference line)",
    "Police national headquarters is at 180 Molesworth Street",
    "at 3 see dr Patel about the room",
    "send referrals to intake@tewhareora.example.org.nz",
    "the shared inbox is fvtable@waihuatrust.org.nz",
    "venue is our office, Level 3, 240 Harakeke St, come to reception",
    "whānau can post forms to PO Box 1556 Wellington",
    "next hui 13/08/2025 10.30am",
    "the protocol kicked in on 16 March 2026 yeah?",
    "hey @ProtocolBot what can i put in here",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_ZmQ4NzEy/0",
]


@pytest.mark.parametrize(("kind", "text", "value"), FOUND)
def test_a_persons_contact_or_birth_date_is_found_where_it_stands(
    kind: str, text: str, value: str
) -> None:
    """The finding has the kind and covers exactly the value; the line warns."""
    found = scan(text)

    assert found.warn
    assert (kind, value) in [(one.kind, text[one.start : one.end]) for one in found.findings]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_an_agencys_contact_or_a_meetings_date_does_not_warn(text: str) -> None:
    """Helplines, shared inboxes, offices and meeting links are nobody's."""
    assert not scan(text).warn


def test_an_attendees_own_mailbox_does_not_warn() -> None:
    """The local part carries a name at the table."""
    assert not scan("flick it to f.noori@kahukura.example.nz", ["Farida Noori"]).warn
