"""The commands as an operator calls them: a process of its own, its output and its exit code."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from domain.roadmap_file import unconfirmed
from tests.conftest import database_url
from tests.people import IVANOVO_FILE, Look, ivanovo
from texts import Texts

ROOT = IVANOVO_FILE.parent.parent
IVANOVO = str(IVANOVO_FILE)
TEXTS = Texts()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "roadmap.db"


class Shell:
    """Calls ``python -m bot`` with a database in ``file``."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": database_url(file),
        }

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def bot(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        done = self.python("-m", "bot", *arguments, **environment)
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def shell(file: Path, tmp_path: Path) -> Shell:
    return Shell(file, tmp_path)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path) -> Path:
    """The same surroundings for ``main`` in this process, which is faster."""
    for name in ("BOT_TOKEN", "TELEGRAM_API", "TELEGRAM_PROXY", "TIMEZONE", "LOG_LEVEL", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url(file))
    monkeypatch.chdir(tmp_path)
    return file


Output = pytest.CaptureFixture[str]


# --- As a process


def test_first_steps_of_an_operator(shell: Shell, file: Path) -> None:
    code, out, err = shell.bot("roadmap", "load", IVANOVO)
    assert (code, err) == (0, "")
    assert out.startswith("ivanovo-2022: добавлено 34")
    look = Look(file)
    assert (look.count("roadmap"), look.count("item")) == (1, 34)

    code, out, err = shell.bot("plan", "--from", "2022-03-09", "--to", "2022-03-09", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert {
        "at": "2022-03-09T09:00:00+03:00",
        "to": "group:500+",
        "item": 16,
        "occasion": "starts-soon",
        "days": 1,
    } in lines

    code, out, err = shell.bot("invite", "coordinator")
    assert (code, err) == (0, TEXTS.plain("cli.invite-no-link") + "\n")
    assert re.search(r"\b[2-9A-Z]{4}(-[2-9A-Z]{4}){2}\b", out)
    assert look.count("invite") == 1


def test_broken_file_is_a_line_a_defect_and_loads_nothing(shell: Shell, file: Path, tmp_path: Path) -> None:
    text = IVANOVO_FILE.read_text(encoding="utf-8")
    broken = tmp_path / "broken.toml"
    text = text.replace('deadline = "25.11.2021"', 'deadline = "31.02.2022"').replace("number = 34", 'number = "34"')
    broken.write_text(text, encoding="utf-8")
    code, out, err = shell.bot("roadmap", "load", str(broken))
    assert (code, out) == (2, "")
    first, second, last = err.splitlines()
    assert first.startswith("п. 1, deadline: ")
    assert second.startswith("items[34].number: ")
    assert last == TEXTS.plain("cli.roadmap-defects", count=2)
    assert not file.exists()


def test_damaged_database_is_one_line_for_the_operator(shell: Shell, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("Это не база данных. " * 100, encoding="utf-8")
    assert shell.bot("roadmap", "load", IVANOVO) == (1, "", TEXTS.plain("database.damaged") + "\n")


def test_unreadable_database_is_one_line_for_the_operator(shell: Shell, file: Path) -> None:
    file.mkdir(parents=True)
    assert shell.bot("roadmap", "show") == (1, "", TEXTS.plain("database.unreadable") + "\n")


def test_wrong_setting_is_one_line_and_exit_code_two(shell: Shell) -> None:
    code, out, err = shell.bot("roadmap", "show", BOT_TOKEN="это-секрет", TIMEZONE="Mars")
    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["BOT_TOKEN", "TIMEZONE"]
    assert "это-секрет" not in err


def test_reader_of_a_pipe_may_go_away(shell: Shell, file: Path) -> None:
    assert shell.bot("roadmap", "load", IVANOVO)[0] == 0
    command = (
        f"{sys.executable} -m bot plan --from 2021-11-25 --to 2022-12-01 --json | head -1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=shell.folder, env=shell.environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


def test_commands_that_do_not_talk_load_no_messenger(shell: Shell) -> None:
    commands = [
        ["roadmap", "check", IVANOVO],
        ["roadmap", "load", IVANOVO],
        ["roadmap", "show", "--json"],
        ["plan", "--from", "2021-11-25", "--to", "2022-12-01"],
        ["invite", "coordinator"],
    ]
    heavy = ("aiogram", "aiohttp", "apscheduler")
    code = f"import sys; from bot.cli import main; codes = [main(one) for one in {commands!r}]"
    report = f"print([one for one in {heavy!r} if one in sys.modules], codes, file=sys.stderr)"
    done = shell.python("-c", f"{code}; {report}")
    assert done.stderr.splitlines()[-1] == "[] [0, 0, 0, 0, 0]"


# --- The same in this process


def test_check_of_the_shipped_roadmap_lists_what_asks_to_be_confirmed(here: Path, capsys: Output) -> None:
    assert main(["roadmap", "check", IVANOVO]) == 0
    *flags, last = capsys.readouterr().out.splitlines()
    assert len(flags) == len(unconfirmed(ivanovo()))
    assert flags[0].startswith("приказ, order_number: восстановлено — ")
    assert "34" in last
    assert not here.exists()  # looking at a file needs no database


@pytest.mark.parametrize("step", ["check", "load"])
def test_file_that_is_not_there(here: Path, capsys: Output, step: str) -> None:
    assert main(["roadmap", step, "нет-такого.toml"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", TEXTS.plain("cli.no-file", file="нет-такого.toml") + "\n")


def test_folder_instead_of_a_file(here: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["roadmap", "check", str(tmp_path)]) == 2
    assert capsys.readouterr().err == TEXTS.plain("cli.no-file", file=tmp_path.name) + "\n"


def test_file_in_another_encoding(here: Path, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "cp1251.toml").write_bytes('title = "Дорожная карта"'.encode("cp1251"))
    assert main(["roadmap", "check", "cp1251.toml"]) == 2
    assert capsys.readouterr().err == TEXTS.plain("cli.not-text", file="cp1251.toml") + "\n"


def test_loading_twice_reports_that_nothing_changed(here: Path, capsys: Output) -> None:
    assert main(["roadmap", "load", IVANOVO]) == 0
    capsys.readouterr()
    assert main(["roadmap", "load", IVANOVO]) == 0
    assert capsys.readouterr().out.startswith("ivanovo-2022: добавлено 0, изменено 0, оставлено как исправлено 0")


def test_loading_a_changed_file_names_each_change(here: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["roadmap", "load", IVANOVO]) == 0
    text = IVANOVO_FILE.read_text(encoding="utf-8").replace('deadline = "до 20.03.2022"', 'deadline = "до 25.03.2022"')
    (tmp_path / "changed.toml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["roadmap", "load", "changed.toml"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first == "п. 20, deadline: «до 20.03.2022» → «до 25.03.2022»"
    assert last.startswith("ivanovo-2022: добавлено 0, изменено 1")


def test_show_prints_every_item_for_people_and_for_programs(here: Path, capsys: Output) -> None:
    main(["roadmap", "load", IVANOVO])
    capsys.readouterr()
    assert main(["roadmap", "show"]) == 0
    shown = capsys.readouterr().out
    assert re.findall(r"^п\. (\d+) ", shown, re.MULTILINE) == [str(number) for number in range(1, 35)]
    assert main(["roadmap", "show", "--json"]) == 0
    (roadmap,) = json.loads(capsys.readouterr().out)
    item = roadmap["items"][15]
    assert (roadmap["slug"], len(roadmap["items"])) == ("ivanovo-2022", 34)
    assert (item["number"], item["deadline"]["start"], item["deadline"]["end"]) == (16, "2022-03-10", "2022-03-24")
    assert item["threshold"] == {"kind": "share", "target": 90, "of": "participants"}


def test_show_of_an_empty_database_says_what_to_do(here: Path, capsys: Output) -> None:
    assert main(["invite", "coordinator"]) == 0  # makes the tables
    capsys.readouterr()
    assert main(["roadmap", "show"]) == 0
    assert capsys.readouterr().out == TEXTS.plain("cli.show-none") + "\n"
    assert main(["roadmap", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("command", [["plan"], ["roadmap", "show"], ["invite", "coordinator"]])
def test_every_command_says_the_same_of_a_damaged_database(here: Path, capsys: Output, command: list[str]) -> None:
    here.parent.mkdir()
    here.write_text("Это не база данных. " * 100, encoding="utf-8")
    assert main(command) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", TEXTS.plain("database.damaged") + "\n")


@pytest.mark.parametrize("command", [["plan"], ["roadmap", "show"]])
def test_database_that_is_not_there_is_one_line(here: Path, capsys: Output, command: list[str]) -> None:
    assert main(command) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", TEXTS.plain("database.outdated") + "\n")


def test_folder_of_the_database_that_is_a_file(here: Path, capsys: Output) -> None:
    here.parent.write_text("", encoding="utf-8")
    assert main(["plan"]) == 1
    assert capsys.readouterr().err == TEXTS.plain("database.unreadable") + "\n"


def test_reversed_dates(here: Path, capsys: Output) -> None:
    assert main(["plan", "--from", "2022-12-01", "--to", "2021-11-25"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", TEXTS.plain("cli.plan-reversed") + "\n")
    assert not here.exists()


@pytest.mark.parametrize(
    "arguments",
    [["plan", "--from", "завтра"], ["plan", "--to", "2022-02-30"], ["нет такой"], ["roadmap"], ["invite", "school"]],
)
def test_arguments_nobody_understands_are_exit_code_two(here: Path, capsys: Output, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m bot")


def test_plan_of_the_whole_year_is_sorted_and_speaks_only_on_working_mornings(here: Path, capsys: Output) -> None:
    main(["roadmap", "load", IVANOVO])
    capsys.readouterr()
    assert main(["plan", "--from", "2021-11-25", "--to", "2022-12-01", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) > 300
    assert {tuple(line) for line in lines} == {("at", "to", "item", "occasion", "days")}
    keys = [(line["at"], line["to"], line["item"]) for line in lines]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert {line["at"][11:] for line in lines} == {"09:00:00+03:00", "08:30:00+03:00"}
    assert not any(line["item"] in (17, 22) for line in lines)


def test_plan_for_people_is_a_calendar(here: Path, capsys: Output) -> None:
    main(["roadmap", "load", IVANOVO])
    capsys.readouterr()
    assert main(["plan", "--from", "2022-03-10", "--to", "2022-03-11"]) == 0
    heading, day, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("Что бот скажет с 10 марта 2022, чт по 11 марта 2022, пт")
    assert day == "10 марта 2022, чт, 09:00"
    assert any("п. 16 Первый опрос участников" in line and line.endswith("group:500+") for line in lines)


def test_plan_in_another_zone_says_its_own_morning(here: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Asia/Vladivostok")
    main(["roadmap", "load", IVANOVO])
    capsys.readouterr()
    main(["plan", "--from", "2022-03-10", "--to", "2022-03-10", "--json"])
    assert {json.loads(line)["at"] for line in capsys.readouterr().out.splitlines()} == {"2022-03-10T09:00:00+10:00"}


def test_invitation_lives_a_week_and_only_its_hash_is_kept(here: Path, capsys: Output) -> None:
    assert main(["invite", "coordinator"]) == 0
    out = capsys.readouterr().out
    found = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}", out)
    assert found is not None
    with closing(sqlite3.connect(here)) as other:
        ((code_hash, role, expires_at),) = other.execute("SELECT code_hash, role, expires_at FROM invite")
    left = datetime.fromisoformat(expires_at).replace(tzinfo=UTC) - datetime.now(UTC)  # noqa: TID251  the command's clock
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert (role, len(code_hash)) == ("coordinator", 64)
    assert found[0] not in code_hash


def test_database_of_a_newer_program_is_one_line(here: Path, capsys: Output) -> None:
    main(["invite", "coordinator"])
    with closing(sqlite3.connect(here)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    capsys.readouterr()
    assert main(["invite", "coordinator"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
