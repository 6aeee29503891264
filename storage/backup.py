"""A copy of everything that is kept, in one file: the database as of one instant, and the files that people sent."""

import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from storage.database import copied

DATABASE, FILES = "roadmap.db", "files"
"""How they are called in the archive."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied: how many files, and the archive's size in bytes."""

    files: int
    size: int


async def save_backup(database: Path, folder: Path, target: Path) -> Backup:
    """Write the archive, off the event loop; the bot may go on working meanwhile. Whole or not at all.

    The database is copied first: files are only ever added, so every file that it names is there. Raises
    ``FileExistsError`` rather than write over another copy, ``OSError`` where it cannot be written or a file cannot be
    read, ``DatabaseUnavailableError`` for a database that is not there or damaged.
    """
    return await asyncio.to_thread(_save, database, folder, target)


def _save(database: Path, folder: Path, target: Path) -> Backup:
    if target.exists():
        raise FileExistsError(target)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".zip")
    os.close(handle)
    try:
        count = _write(database, folder, Path(unfinished))
        Path(unfinished).replace(target)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return Backup(count, target.stat().st_size)


def _write(database: Path, folder: Path, archive: Path) -> int:
    with ZipFile(archive, "w") as into:
        with tempfile.TemporaryDirectory(dir=archive.parent) as place:
            copy = Path(place) / DATABASE
            copied(database, copy)
            into.write(copy, DATABASE, compress_type=ZIP_DEFLATED)
        kept = [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.name.startswith(".")]
        for one in kept:
            into.write(one, f"{FILES}/{one.relative_to(folder).as_posix()}", compress_type=ZIP_STORED)
    return len(kept)
