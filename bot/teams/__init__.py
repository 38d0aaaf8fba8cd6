"""The one way out to Microsoft Teams."""
