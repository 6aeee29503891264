"""``python -m bot rehearse``: a process of its own that never touches the real database and token."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.people import IVANOVO_FILE

BEGUN = (
    ": в этой репетиции день, люди и школы уже есть. "
    "Уберите --at, --people, --schools и --open или возьмите другую папку."
)
ROOT = IVANOVO_FILE.parent.parent


def command(*words: str) -> tuple[list[str], dict[str, str]]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "REHEARSAL_PORT": "0",
        "BOT_TOKEN": "123456:a-real-token-of-a-real-bot",
        "DATABASE_URL": "sqlite+aiosqlite:///real.db",
    }
    return [sys.executable, "-m", "bot", "rehearse", *words], environment


def called(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    arguments, environment = command(*words)
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=110)  # noqa: PLW1510  the code is looked at
    return done.returncode, done.stdout, done.stderr


@contextmanager
def served(folder: Path, *words: str) -> Iterator[str]:
    """The address of a running rehearsal, which is asked to stop at the end and must do so quietly."""
    arguments, environment = command(*words)
    with subprocess.Popen(
        arguments, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
            assert found is not None
            yield found[0]
            running.send_signal(signal.SIGINT)
            assert (running.wait(timeout=30), running.communicate()[1]) == (0, "")
        finally:
            running.kill()


def opened(base: str) -> dict[str, object]:
    """The page's state once the rehearsal is open: the news tell when."""
    with urllib.request.urlopen(f"{base}/page/events", timeout=60) as news:  # noqa: S310  loopback
        for line in news:
            if line.startswith(b"data: ") and (state := json.loads(line[6:])).get("ready"):
                return dict(state)
    raise AssertionError("it never opened")


def test_large_region_opens_on_the_asked_morning_and_leaves_no_trace(tmp_path: Path) -> None:
    with served(tmp_path, "--at", "2022-03-09", "--people", "300", "--schools", "60") as base:
        state = opened(base)
    people = state["people"]
    assert isinstance(people, list)
    assert isinstance(state["clock"], dict)
    assert len(people) == 300
    assert len({person["place"] for person in people if person["post"] == "head"}) == 60
    assert str(state["clock"]["now"]).startswith("2022-03-09T05:00")
    assert list(tmp_path.iterdir()) == []


def test_named_folder_keeps_the_rehearsal_and_goes_on_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with served(tmp_path, "--folder", str(folder), "--at", "2022-03-09T21:00") as base:
        opened(base)
        request = urllib.request.Request(  # noqa: S310  loopback
            f"{base}/page/jump", b'{"step": "day"}', {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  loopback
            assert json.load(answer) == {"said": True}
    assert [file.name for file in folder.iterdir()] == ["rehearsal.jsonl"]
    with served(tmp_path, "--folder", str(folder)) as base:
        clock = opened(base)["clock"]
    assert isinstance(clock, dict)
    assert str(clock["now"]).startswith("2022-03-10T18:00")
    assert called(tmp_path, "--folder", str(folder), "--at", "2022-05-01") == (
        2,
        "",
        f"{folder / 'rehearsal.jsonl'}{BEGUN}\n",
    )


def test_rehearsal_that_was_killed_goes_on_where_its_clock_was(tmp_path: Path) -> None:
    words = ("--folder", str(tmp_path / "kept"))
    arguments, environment = command(*words, "--at", "2022-03-09T21:00")
    with subprocess.Popen(arguments, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
        assert found is not None
        opened(found[0])
        moved = urllib.request.Request(  # noqa: S310  loopback
            f"{found[0]}/page/jump", b'{"step": "day"}', {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(moved, timeout=30).close()  # noqa: S310  loopback
        running.kill()
    with served(tmp_path, *words) as base:
        clock = opened(base)["clock"]
    assert isinstance(clock, dict)
    assert str(clock["now"]).startswith("2022-03-10T18:00")


def test_year_is_printed_as_json_and_the_summary_stays_out_of_it(tmp_path: Path) -> None:
    code, printed, summary = called(tmp_path, "--at", "2022-11-28", "--play-year", "--json")
    got = [json.loads(line) for line in printed.splitlines()]
    assert code == 0
    assert [(one["at"][:10], one["to"]) for one in got if one["to"] == "group:500+"] == [("2022-11-30", "group:500+")]
    assert all(list(one) == ["at", "to", "items", "text", "buttons"] for one in got)
    assert re.fullmatch(r"\d+\sсообщ\w+, \d+\sзапрос\w* к мессенджеру, \d+\.\d с\n", summary)
    assert list(tmp_path.iterdir()) == []


WRONG = {
    ("--json",): "--json печатает год: укажите вместе с ним --play-year.",
    ("--people", "5"): "Столько людей и школ не получится",
    ("--schools", "0"): "Столько людей и школ не получится",
    ("--open", "no-such.jsonl"): "no-such.jsonl: файл не открывается. Проверьте путь и права.",
    ("--open", "broken.jsonl"): "broken.jsonl: это не сохранённая репетиция, строка 1 не читается.",
    ("--folder", "/proc/no"): "/proc/no: в эту папку нельзя писать. Проверьте путь и права.",
    ("--at", "вчера"): "«вчера» — не день и не час. Напишите так: 2022-03-09 или 2022-03-09T21:00.",
    ("--at", "2022-13-09"): "«2022-13-09» — не день и не час",
    ("--at", "2022-03-09T08:00+03:00"): "«2022-03-09T08:00+03:00» — не день и не час",
    ("--at", "0001-03-09"): "«0001-03-09» — не день и не час",
}
ONE_AFTER_ANOTHER = """
import json, sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from bot.cli import main

for words in json.loads(sys.argv[1]):
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            code = main(["rehearse", *words])
        except SystemExit as end:
            code = end.code
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""
"""Each command line in a process of its own would load the messenger again (5 s)."""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, str, str]]:
    """What came of every command line that is wrong: exit code, standard output, standard error."""
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "broken.jsonl").write_text("не репетиция", encoding="utf-8")
    _, environment = command()
    arguments = [sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps(list(WRONG))]
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=110)  # noqa: PLW1510  what it printed is looked at
    assert (done.returncode, done.stderr) == (0, "")
    return {words: tuple(json.loads(line)) for words, line in zip(WRONG, done.stdout.splitlines(), strict=True)}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_cannot_be_rehearsed_is_one_line(
    words: tuple[str, ...], refused: dict[tuple[str, ...], tuple[int, str, str]]
) -> None:
    code, printed, complaint = refused[words]
    assert (code, printed) == (2, "")
    assert WRONG[words] in complaint
