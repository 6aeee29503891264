"""The folder of files: each content once, under its SHA-256; what a file is called stands in the database alone."""

import asyncio
import hashlib
import os
import tempfile
from pathlib import Path

from domain.evidence import FileContent
from domain.file_kind import kind_of


class FileFolder:
    """Made with the first file. A file nobody's row names is harmless: the same content finds it again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, content: bytes, name: str) -> FileContent:
        """Look at a file and lay it into the folder, off the event loop.

        Raises ``Refusal`` for a file that is not taken, ``OSError`` where it cannot be written.
        """
        return await asyncio.to_thread(self._keep, content, name)

    def _keep(self, content: bytes, name: str) -> FileContent:
        mime = kind_of(content, name)
        digest = hashlib.sha256(content).hexdigest()
        path = f"{digest[:2]}/{digest[2:4]}/{digest}"
        target = self._folder / path
        if not (target.is_file() and target.stat().st_size == len(content)):
            _write(target, content)
        return FileContent(digest, len(content), mime, path)

    async def read(self, path: str) -> bytes | None:
        """What lies under a path of a row; ``None`` where it cannot be read (any more)."""
        try:
            return await asyncio.to_thread((self._folder / path).read_bytes)
        except OSError:
            return None


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all, also when the power goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(target)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
