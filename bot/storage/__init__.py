"""What survives a restart: ids, kinds, citations and times, never words."""
