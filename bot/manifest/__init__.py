"""What Teams installs: the app's manifest and icons."""
