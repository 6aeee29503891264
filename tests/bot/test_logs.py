"""A log is one place where secrets never are, whatever library wrote the line."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import clean, set_up_logs
from bot.settings import Settings

TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
PROXY = "socks5://user:p%40ro-l@proxy.example.org:1080"
log = logging.getLogger("tests.logs")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("apscheduler", "aiogram.event", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def settings(**more: str) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[arg-type]


def log_failure(said: str, why: str) -> None:
    """A line with the trace of an exception."""

    def fails() -> None:
        raise ConnectionError(why)

    try:
        fails()
    except ConnectionError:
        log.exception(said)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot***/getMe"),
        (f"токен {TOKEN}.", "токен ***."),
        (f"proxy {PROXY}", "proxy socks5://user:***@proxy.example.org:1080"),
        ("http://:secret@host", "http://:***@host"),
        ("GET /calendar/8Qm3_kzT-0aVb1Yc2Xd4We5Rf6Tg7Uh8Ij9Ok0Lp1A.ics", "GET /calendar/***.ics"),
        ("GET /calendar/region.ics", "GET /calendar/region.ics"),
        ("https://iv-edu.ru/prikaz?a=1:2", "https://iv-edu.ru/prikaz?a=1:2"),
        ("в 09:00, п. 16, 12345:67", "в 09:00, п. 16, 12345:67"),
    ],
)
def test_tokens_and_passwords_are_replaced_and_nothing_else(said: str, written: str) -> None:
    assert clean(said) == written


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_reaches_the_log(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    set_up_logs(settings(log_format=log_format))
    log.info("адрес /bot%s/getMe", TOKEN)
    log.warning("прокси %r", {"proxy": PROXY})
    log_failure("не соединиться", f"cannot connect to {PROXY} as {TOKEN}")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("***") >= 4
    assert (TOKEN in said.err, "p%40ro-l" in said.err) == (False, False)


def test_json_is_an_object_a_line_with_its_trace_inside(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(settings(log_format="json"))
    log.info("запланировано %s «сообщений»\nи ещё строка", 3)
    log_failure("сбой", "нет")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first.keys() == {"at", "level", "logger", "message"}
    assert (first["level"], first["logger"]) == ("INFO", "tests.logs")
    assert first["message"] == "запланировано 3 «сообщений»\nи ещё строка"
    assert first["at"].endswith("+00:00")
    assert second["trace"].startswith("Traceback")
    assert second["trace"].endswith("ConnectionError: нет")


def test_level_and_quiet_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(settings(log_level="INFO"))
    logging.getLogger("apscheduler.executors.default").info("Running job")
    logging.getLogger("aiogram.event").info("Update is handled")
    log.debug("мелочь")
    log.info("важное")
    assert [line.split("tests.logs: ")[-1] for line in capsys.readouterr().err.splitlines()] == ["важное"]
    set_up_logs(settings(log_level="ERROR"))
    logging.getLogger("apscheduler").warning("missed")
    log.error("беда")
    assert [line.split("tests.logs: ")[-1] for line in capsys.readouterr().err.splitlines()] == ["беда"]
