"""The only reader of the environment. ``.env.example`` explains every setting."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PROXIES = ("http", "socks4", "socks5")
"""What the messenger's session can go through; each with its port."""
_SQLITE = "sqlite+aiosqlite:///"
_HOST = re.compile(r"[A-Za-z0-9.:-]+")
"""A name or an address (IPv6 too) without a scheme and a path."""


class SettingsError(ValueError):
    """``wrong`` holds (NAME, text id) of every setting that cannot be used."""

    def __init__(self, wrong: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(name for name, _ in wrong))
        self.wrong = wrong


class Settings(BaseSettings):
    """What a deployment chooses. Secrets never appear in a representation or a log."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr | None = None
    telegram_api: str = ""
    telegram_proxy: SecretStr | None = None
    database_url: str = "sqlite+aiosqlite:///data/roadmap.db"
    files_folder: str = ""
    anonymity_key: str = ""
    timezone: str = "Europe/Moscow"
    rehearsal_port: int = Field(default=8500, ge=0, le=65535)
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=0, ge=0, le=65535)
    public_url: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def zone(self) -> ZoneInfo:
        """The project's zone."""
        return ZoneInfo(self.timezone)

    @property
    def database_file(self) -> Path:
        """The file of the database."""
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def files(self) -> Path:
        """The folder of files that people send: beside the database unless it is named."""
        return Path(self.files_folder or self.database_file.parent / "files")

    @property
    def anonymity_file(self) -> Path:
        """The secret of anonymous answers: beside the database unless it is named."""
        return Path(self.anonymity_key or self.database_file.parent / "anonymity.key")

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        left, _, right = value.get_secret_value().partition(":") if value else ("1", "", "x")
        if not left.isdigit() or not right or any(letter.isspace() for letter in right):
            raise ValueError
        return value

    @field_validator("telegram_api")
    @classmethod
    def _api(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0):
            raise ValueError  # reading the port refuses what is none by itself
        return value.rstrip("/")

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value()) if value else None
        if parts is not None and not (parts.scheme in _PROXIES and parts.hostname and parts.port):
            raise ValueError
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(_SQLITE) or value.removeprefix(_SQLITE) in ("", ":memory:"):
            raise ValueError  # a database in memory would forget everything with the process
        return value

    @field_validator("files_folder")
    @classmethod
    def _folder(cls, value: str) -> str:
        if value and Path(value).exists() and not Path(value).is_dir():
            raise ValueError
        return value

    @field_validator("anonymity_key")
    @classmethod
    def _secret(cls, value: str) -> str:
        if value and Path(value).is_dir():
            raise ValueError
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(value) from error
        return value

    @field_validator("web_host")
    @classmethod
    def _host(cls, value: str) -> str:
        if not _HOST.fullmatch(value):
            raise ValueError
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        parts = urlsplit(value)
        more = parts.query or parts.fragment or parts.username
        if value and (parts.scheme != "https" or not parts.hostname or parts.port == 0 or more):
            raise ValueError  # what lies there is secret: it goes encrypted or not at all
        return value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load_settings() -> Settings:
    """Read the environment and ``.env``. Raises ``SettingsError`` that names every wrong value, never the value."""
    try:
        return Settings()
    except ValidationError as error:
        names = [str(one["loc"][0]).lower() for one in error.errors(include_input=False, include_url=False)]
        raise SettingsError(tuple((name.upper(), f"settings.{name.replace('_', '-')}") for name in names)) from None
