"""``rights`` prints the very table that is checked, and the docs hold what it prints."""

from pathlib import Path

import pytest

from bot.cli import main
from domain.access import TABLE, Right
from domain.people import Role

DOCS = Path(__file__).parents[2] / "docs" / "ru" / "rights.md"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["rights"]) == 0
    return capsys.readouterr().out


def test_docs_hold_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert DOCS.read_text(encoding="utf-8") == printed(capsys)


def test_every_right_is_a_row_and_every_role_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.split(" | ") for line in printed(capsys).splitlines() if line.startswith("| ")]
    assert len(rows) == len(Right) + 2
    assert {len(row) for row in rows} == {len(Role) + 1}
    empty = sum(cell.strip(" |") == "" for row in rows[2:] for cell in row)
    assert empty == len(Right) * len(Role) - sum(map(len, TABLE.values()))
