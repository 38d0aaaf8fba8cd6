"""The command line, one file per job."""
