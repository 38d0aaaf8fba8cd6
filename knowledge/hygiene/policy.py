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
