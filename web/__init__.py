"""Door in: HTTP. Calendars that people's phones subscribe to."""
