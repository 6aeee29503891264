"""``backup``: one archive from which everything comes back."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.cli import main
from bot.settings import Settings
from storage.files import FileFolder
from tests.conftest import database_url
from tests.people import Look

Output = pytest.CaptureFixture[str]


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, database_file: Path, tmp_path: Path) -> Settings:
    monkeypatch.setenv("DATABASE_URL", database_url(database_file))
    monkeypatch.chdir(tmp_path)
    return Settings(_env_file=None)


def saved(capsys: Output, target: str = "copy.zip") -> tuple[int, str, str]:
    code = main(["backup", target])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_it_holds_the_database_as_of_now_and_every_file(settings: Settings, tmp_path: Path, capsys: Output) -> None:
    content = asyncio.run(FileFolder(settings.files).keep("№ 15, приказ".encode(), "приказ.txt"))
    (settings.files / ".unfinished").write_bytes(b"half")
    with closing(sqlite3.connect(settings.database_file)) as working:
        working.execute("INSERT INTO municipality (name, name_key) VALUES ('Южный район', 'южный район')")
        working.commit()  # stands in the -wal alone while somebody holds it open
        code, said, _ = saved(capsys)
    assert (code, said.startswith("Копия сохранена: copy.zip, "), said.endswith("Присланных файлов: 1.\n")) == (
        0,
        True,
        True,
    )
    with ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.namelist() == ["roadmap.db", f"files/{content.path}"]
        archive.extractall(tmp_path / "back")
    assert Look(tmp_path / "back" / "roadmap.db").rows("SELECT name FROM municipality") == [("Южный район",)]
    assert (tmp_path / "back" / "files" / content.path).read_text(encoding="utf-8") == "№ 15, приказ"


def test_another_copy_is_not_written_over(settings: Settings, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "copy.zip").write_text("прежняя", encoding="utf-8")
    assert saved(capsys) == (2, "", "copy.zip уже есть, поверх не пишу. Назовите другой файл.\n")
    assert (tmp_path / "copy.zip").read_text(encoding="utf-8") == "прежняя"


def test_what_cannot_be_written_leaves_nothing(settings: Settings, tmp_path: Path, capsys: Output) -> None:
    code, _, said = saved(capsys, "nowhere/copy.zip")
    assert (code, said.startswith("Копию не удалось записать в nowhere/copy.zip: ")) == (2, True)
    before = sorted(tmp_path.iterdir())
    settings.database_file.write_text("не база " * 100, encoding="utf-8")
    assert saved(capsys)[0] == 1
    assert sorted(tmp_path.iterdir()) == before


def test_no_database_is_told_and_none_is_made(settings: Settings, tmp_path: Path, capsys: Output) -> None:
    settings.database_file.unlink()
    code, _, said = saved(capsys)
    assert (code, said != "", list(tmp_path.iterdir())) == (1, True, [])
