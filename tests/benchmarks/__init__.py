"""Speed and memory beside peers, in one run: `make bench`. Ratios, not limits; nothing here is a test."""
