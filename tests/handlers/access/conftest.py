"""The region with its secrets, made once and copied for everybody who tries."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import core as core_module
from tests.handlers.access.region import Region, a_region
from tests.handlers.access.watching import Rows, rows_of
from texts import Texts


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Region:
    """Made once and copied."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("region") / "region.db"))
    return asyncio.run(a_region(file))


@pytest.fixture(scope="session")
def before(region: Region) -> Rows:
    """Everything in it."""
    with closing(sqlite3.connect(region.file)) as connection:
        return rows_of(connection)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, texts: Texts) -> None:
    """Texts are compiled once for all applications."""
    monkeypatch.setattr(core_module, "Texts", lambda: texts)
