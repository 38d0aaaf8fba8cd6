"""How it looks: finished values become Adaptive Cards. All user-visible words live in `wording/`."""
