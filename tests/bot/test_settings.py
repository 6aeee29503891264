"""Every setting that cannot be used is one line that names it and never repeats its value."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import build_bot
from bot.cli import INPUT, main
from bot.settings import Settings, SettingsError, load_settings
from texts import Texts

TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
NAMES = [name.upper() for name in Settings.model_fields]

WRONG = [
    ("BOT_TOKEN", "секрет"),
    ("BOT_TOKEN", "123456"),
    ("BOT_TOKEN", "123456:"),
    ("BOT_TOKEN", ":AAEhBOweik6ad9r"),
    ("BOT_TOKEN", "12x456:AAEhBOweik6ad9r"),
    ("BOT_TOKEN", "123456:AAEh BOweik6ad9r"),
    ("TELEGRAM_API", "api.example.org"),
    ("TELEGRAM_API", "ftp://api.example.org"),
    ("TELEGRAM_API", "http://"),
    ("TELEGRAM_API", "http://api.example.org:порт"),
    ("TELEGRAM_PROXY", "proxy.example.org:1080"),
    ("TELEGRAM_PROXY", "ftp://user:secret@proxy.example.org:1080"),
    ("TELEGRAM_PROXY", "https://user:secret@proxy.example.org:1080"),
    ("TELEGRAM_PROXY", "socks5://"),
    ("TELEGRAM_PROXY", "socks5://user:secret@proxy.example.org"),
    ("TELEGRAM_PROXY", "socks5://user:secret@proxy.example.org:порт"),
    ("TELEGRAM_PROXY", "socks5://user:secret@proxy.example.org:70000"),
    ("DATABASE_URL", "data/roadmap.db"),
    ("DATABASE_URL", "sqlite:///data/roadmap.db"),
    ("DATABASE_URL", "postgresql+asyncpg://user:secret@db/roadmap"),
    ("DATABASE_URL", "sqlite+aiosqlite:///"),
    ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
    ("FILES_FOLDER", "/etc/passwd"),
    ("ANONYMITY_KEY", "/etc"),
    ("TIMEZONE", "Mars/Olympus"),
    ("TIMEZONE", "../../etc/passwd"),
    ("TIMEZONE", "Europe"),
    ("REHEARSAL_PORT", "порт"),
    ("REHEARSAL_PORT", "-1"),
    ("REHEARSAL_PORT", "65536"),
    ("WEB_HOST", "http://127.0.0.1"),
    ("WEB_HOST", "0.0.0.0/calendar"),
    ("WEB_HOST", "два слова"),
    ("WEB_PORT", "порт"),
    ("WEB_PORT", "65536"),
    ("PUBLIC_URL", "road.example.org"),
    ("PUBLIC_URL", "http://road.example.org"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https://user@road.example.org"),
    ("PUBLIC_URL", "https://road.example.org/?page=1"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_FORMAT", "xml"),
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No environment and no ``.env`` of whoever runs the tests."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["roadmap", "show"]) == INPUT == 2
    said = capsys.readouterr()
    texts = Texts()
    why = texts.plain(f"settings.{name.lower().replace('_', '-')}")
    assert (said.out, said.err) == ("", texts.plain("settings.wrong", name=name, why=why) + "\n")
    for secret in (value, "secret"):
        assert secret in why or secret not in said.err  # what the explanation itself says is nobody's secret


def test_every_wrong_value_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = dict(WRONG)
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    assert main(["check"]) == 2
    assert sorted(line.split(":")[0] for line in capsys.readouterr().err.splitlines()) == sorted(wrong) == sorted(NAMES)


def test_error_itself_holds_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "это-секрет")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.wrong == (("BOT_TOKEN", "settings.bot-token"),)
    assert "это-секрет" not in repr(caught.value) + str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def test_nothing_set_is_a_rehearsal_in_moscow() -> None:
    settings = load_settings()
    assert (settings.bot_token, settings.telegram_api, settings.telegram_proxy) == (None, "", None)
    assert settings.zone == ZoneInfo("Europe/Moscow")
    assert (settings.rehearsal_port, settings.log_level, settings.log_format) == (8500, "INFO", "text")


def test_nothing_set_listens_to_nobody() -> None:
    settings = load_settings()
    assert (settings.web_host, settings.web_port, settings.public_url) == ("127.0.0.1", 0, "")


def test_empty_values_are_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("TELEGRAM_API", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("DATABASE_URL", "sqlite+aiosqlite:////srv/roadmap.db", "sqlite+aiosqlite:////srv/roadmap.db"),
        ("TIMEZONE", "Asia/Vladivostok", "Asia/Vladivostok"),
        ("REHEARSAL_PORT", "0", 0),
        ("WEB_HOST", "::1", "::1"),
        ("WEB_PORT", "8080", 8080),
        ("PUBLIC_URL", "https://road.example.org/500/", "https://road.example.org/500"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "json", "json"),
    ],
)
def test_good_values_are_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(), name.lower()) == read


def test_env_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# комментарий\nTIMEZONE=Asia/Omsk\nLOG_LEVEL=ERROR\nЧУЖОЕ=1\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = load_settings()
    assert (settings.timezone, settings.log_level) == ("Asia/Omsk", "DEBUG")


def test_secrets_are_not_in_a_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_PROXY", "socks5://user:parol@proxy.example.org:1080")
    settings = load_settings()
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert "parol" not in shown


@pytest.mark.parametrize("proxy", ["http://proxy.example.org:3128", "socks4://1.2.3.4:1080", "socks5://u:p@h:1080"])
async def test_every_proxy_that_the_settings_take_the_messenger_s_session_takes_too(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_PROXY", proxy)
    bot = build_bot(load_settings())
    await bot.session.create_session()  # type: ignore[attr-defined]
    await bot.session.close()


def test_files_are_kept_beside_the_database_unless_a_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().files == Path("data/files")
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:////srv/roadmap.db")
    assert load_settings().files == Path("/srv/files")
    monkeypatch.setenv("FILES_FOLDER", "/mnt/files")
    assert load_settings().files == Path("/mnt/files")
