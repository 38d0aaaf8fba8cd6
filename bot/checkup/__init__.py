"""Is this set-up ready? Each thing looked at gives a remark; a problem says what to do."""
