"""Word files: the only place that knows docx and lxml."""
