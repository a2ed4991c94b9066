"""Work across codes: other codes' changes, the sheet that all codes share, and priorities."""
