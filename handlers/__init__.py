"""Door in: people. A module per feature ends with ``setup() -> Router``; no SQL, no session, no rule."""
