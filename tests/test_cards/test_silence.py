"""What the card offers when the protocol does not answer."""

import json

from cards.answer import answer_card
from knowledge.answers import Answer
from protocols.model import Contact
from tests.test_cards.sample import sample_protocol

CONTACT = Contact(
    "facilitator", "Police", "Ana Tipoki", "03 555 0100, ana+is@police.example", "1.2"
)


def links(contact: Contact) -> list[str]:
    answer = Answer("may I?", "not_covered", "no_clause", 0.1, contacts=(contact,))
    content = json.dumps(answer_card(answer, sample_protocol()).content())
    return [part.split('"')[0] for part in content.split('"url": "')[1:]]


def test_a_chat_with_the_contact_opens_empty() -> None:
    assert links(CONTACT) == [
        "https://teams.microsoft.com/l/chat/0/0?users=ana%2Bis%40police.example"
    ]


def test_a_contact_without_an_address_is_named_without_a_link() -> None:
    assert [] == links(Contact("facilitator", "Police", "Ana Tipoki", "03 555 0100", "1.2"))
