"""Personal information in short chat lines: found, weighed, and never repeated."""
