"""The secret with which keys of anonymous answers are drawn: a file of its own, in no database and no backup."""

import os
from pathlib import Path
from secrets import token_bytes

from storage.errors import DatabaseUnavailableError

_LENGTH = 32


class SecretFile:
    """Made with the first anonymous answer, readable for its owner alone; read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: bytes | None = None

    def read(self) -> bytes:
        """The secret. Raises ``DatabaseUnavailableError`` where the file can be neither read nor made."""
        if self._known is None:
            try:
                self._known = self._path.read_bytes() if self._path.exists() else self._made()
            except OSError as error:
                raise DatabaseUnavailableError("database.no-secret") from error
            if len(self._known) < _LENGTH:
                self._known = None
                raise DatabaseUnavailableError("database.no-secret")
        return self._known

    def _made(self) -> bytes:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        made = token_bytes(_LENGTH)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        return made
