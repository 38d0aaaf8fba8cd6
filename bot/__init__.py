"""The outside world: Teams, HTTP, the clock, the database, the command line."""

import os

__version__ = "0.1.0"

# Before numpy is there: for vectors as short as ours its threads only wait for each other, at full speed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
