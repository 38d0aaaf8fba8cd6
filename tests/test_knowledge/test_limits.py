"""A clause that limits a row is found however it names the row."""

from datetime import date

import pytest

from knowledge.limits import Limits
from protocols.model import Clause
from protocols.reading import protocol_from_clauses
from tests.test_knowledge.small import small_protocol


@pytest.mark.parametrize(
    "limit",
    [
        "Despite Table 1, row 2, nothing is said of a party who has died.",
        "The year in row 2 of Table 1 does not apply where a child was present.",
        "Row 1 is open, but items 2 and 3 of Table 1 are not told by telephone.",
        "Volunteers hear only items 2 and 3.",
        "Consent under line 2 is never assumed.",
    ],
)
def test_a_row_is_limited_by_the_clause_that_names_it(limit: str) -> None:
    assert ["11.1"] == _limiting("Table 1, row 2", limit)


@pytest.mark.parametrize("limit", ["Row 2 of Table 9 is not used.", "Row 12 is not used."])
def test_a_row_is_not_limited_by_what_names_another(limit: str) -> None:
    assert [] == _limiting("Table 1, row 2", limit)


def _limiting(cite: str, limit: str) -> list[str]:
    """The clauses shown beside the row when this clause is added to the small protocol."""
    clauses = list(small_protocol().clauses)
    clauses.append(
        Clause("11.1", "11.1", "11.1", "paragraph", limit, None, (), "other", "Exceptions")
    )
    protocol = protocol_from_clauses("A small protocol", clauses, date(2026, 11, 22))
    rules = {rule.clause: [rule] for rule in protocol.rules}
    row = next(clause for clause in protocol.clauses if clause.cite == cite)
    return [clause.cite for clause in Limits(protocol, rules).on(row, [row])]
