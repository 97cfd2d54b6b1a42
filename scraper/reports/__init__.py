"""What came of a run, or of many: articles a source and day, completeness, failures, the newest; as one HTML file."""
