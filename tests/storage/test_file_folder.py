"""The folder of files: whole or not at all, each content once."""

import hashlib
from pathlib import Path

import pytest

from domain.refusal import Refusal
from storage.files import FileFolder
from tests.domain.files import PDF, PNG, PROGRAM


def lying(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


async def test_file_lies_under_its_content_once(tmp_path: Path) -> None:
    folder = FileFolder(tmp_path / "files")
    first, again = await folder.keep(PDF, "а.pdf"), await folder.keep(PDF, "б.pdf")
    digest = hashlib.sha256(PDF).hexdigest()
    assert first == again
    assert (first.sha256, first.size, first.mime) == (digest, len(PDF), "application/pdf")
    assert lying(tmp_path / "files") == [Path(digest[:2], digest[2:4], digest)]
    assert (await folder.read(first.path), await folder.read("нет/такого")) == (PDF, None)


async def test_half_a_file_that_a_crash_left_is_written_anew(tmp_path: Path) -> None:
    folder = FileFolder(tmp_path)
    kept = await folder.keep(PDF, "а.pdf")
    (tmp_path / kept.path).write_bytes(PDF[:10])
    await folder.keep(PDF, "а.pdf")
    assert (tmp_path / kept.path).read_bytes() == PDF


async def test_refused_file_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"evidence\.program"):
        await FileFolder(tmp_path).keep(PROGRAM, "а.pdf")
    assert lying(tmp_path) == []


async def test_full_disk_leaves_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        await FileFolder(tmp_path).keep(PNG, "")
    assert lying(tmp_path) == []
