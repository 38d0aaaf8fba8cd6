"""Every threshold of the scan, with the data that set it.

Set on tests/data/chat (authors 1 to 3 and dev); the figures they give: `make eval`.
"""

WARN = 0.6
"""A finding this sure warns by itself."""

BEFORE = 60
AFTER = 40
"""Characters before and after a number within which a cue word counts."""

NEAR = 32
"""Characters within which a counter-cue ("invoice", "cost centre") speaks about a number."""

NO_CUE = 0.3
COUNTERED = 0.2
"""Confidence of a bare shape, and of one that a counter-cue explains."""

NAME_JOINS = 0.3
"""Words at least this likely to be names join into one name."""

NAME_SURE = 0.5
"""A name this sure makes a bare date or number beside it somebody's."""

BESIDE_A_NAME = 0.8
"""Confidence of such a date or number."""

PERSONAL = 0.55
PERSONAL_BY_RULES = 0.55
"""A line this surely about a person warns, with the sentence model and without. Set on tests/data/chat, each author
scored by weights of the others: precision 0.97 and 0.96, recall 0.96 and 0.94."""

PERSONAL_AT_UNKNOWN_TABLE = 0.93
"""The same when no roster is given and only a single name stands in the line: it may be a colleague's. Set on the
recorded meetings of QMSum, where nobody is a client."""
