"""What can be wrong with the database, as a closed list that the operator is told in one line."""


class DatabaseUnavailableError(Exception):
    """The database cannot be used. ``reason`` is a text id; nothing of the failed transaction was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SIGNS = (
    ("database is locked", "database.locked"),
    ("database table is locked", "database.locked"),
    ("file is not a database", "database.damaged"),
    ("malformed", "database.damaged"),
    ("unable to open", "database.unreadable"),
    ("permission denied", "database.unreadable"),
    ("readonly database", "database.readonly"),
    ("read-only", "database.readonly"),
    ("database or disk is full", "database.full"),
    ("no space left", "database.full"),
    ("disk i/o error", "database.disk"),
    ("no such table", "database.outdated"),
    ("no such column", "database.outdated"),
)


def database_error(error: BaseException) -> BaseException:
    """The operator's error for a driver's error; what is our own mistake (a constraint) stays as it was."""
    said = str(error).lower()
    for sign, reason in _SIGNS:
        if sign in said:
            return DatabaseUnavailableError(reason)
    if isinstance(error, OSError):  # a file where its folder should be
        return DatabaseUnavailableError("database.unreadable")
    return error
