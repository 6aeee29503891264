"""``form check``: every defect of a form's file, or how long the form takes."""

from pathlib import Path

import pytest

from bot.cli import main
from reports.form_words import FormWords
from reports.form_xlsx import form_workbook
from storage.shipped_form import FOLDER, shipped_form
from tests.bot.test_commands import Shell
from tests.conftest import database_url
from texts import Texts

FIRST = FOLDER / "first-survey.toml"
FINE = "Ошибок нет. Первый опрос участников проекта «500+»: 10\u00a0вопросов, около 3\u00a0минут.\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url(tmp_path / "roadmap.db"))
    monkeypatch.chdir(tmp_path)


def check(file: Path, output: Output) -> tuple[int, str, str]:
    code = main(["form", "check", str(file)])
    said = output.readouterr()
    return code, said.out, said.err


def test_a_good_form_is_told_with_its_length(capsys: Output, tmp_path: Path) -> None:
    assert check(FIRST, capsys) == (0, FINE, "")
    table = tmp_path / "Форма.XLSX"
    table.write_bytes(form_workbook(shipped_form("first-survey"), FormWords(Texts())))
    assert check(table, capsys) == (0, FINE, "")


def test_what_keeps_a_form_from_being_anonymous_is_told(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('title = "Фото"\nquestions = [{ id = "photo", text = "Снимок?", kind = "file" }]', encoding="utf-8")
    assert check(file, capsys) == (
        0,
        (
            "Ошибок нет. Фото: 1\u00a0вопрос, около 1\u00a0минуты.\n"
            "Для анонимного опроса не годится, ответ выдаёт автора: photo.\n"
        ),
        "",
    )


def test_a_bad_form_is_a_line_a_defect(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        FIRST.read_text(encoding="utf-8").replace('id = "load"', 'id = "clear"').replace("most = 3", "most = 30"),
        encoding="utf-8",
    )
    code, out, err = check(file, capsys)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "Вопрос 6 (clear), id: Значение «clear» уже встречалось выше. Исправьте повтор или удалите его.",
        "Вопрос 8 (helped), most: Число должно быть от 1 до 7.",
        "Форма не принята. Ошибок: 2.",
    ]


def test_a_file_that_cannot_be_read_is_one_line(capsys: Output, tmp_path: Path) -> None:
    assert check(tmp_path / "none.toml", capsys)[0] == 2
    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\xff\xd8")
    assert check(picture, capsys) == (2, "", "picture.toml: это не текст в UTF-8.\n")
    table = tmp_path / "table.xlsx"
    table.write_bytes(b"PK")
    code, out, err = check(table, capsys)
    assert (code, out) == (2, "")
    assert err == "Это не книга Excel (.xlsx), или она повреждена. Сохраните файл как .xlsx и пришлите снова.\n"


def test_no_messenger_is_loaded(tmp_path: Path) -> None:
    script = "import sys; from bot.cli import main; code = main(sys.argv[1:]); print(code, 'aiogram' in sys.modules)"
    done = Shell(tmp_path / "roadmap.db", tmp_path).python("-c", script, "form", "check", str(FIRST))
    assert (done.stdout, done.stderr) == (f"{FINE}0 False\n", "")
    assert not (tmp_path / "roadmap.db").exists()
