"""Logging: one line a record, as text or JSON; secrets are replaced whatever library wrote them."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from bot.settings import Settings

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(://[^/\s:@]*):[^/\s@]+@")
_CALENDAR = re.compile(r"(/calendar/)[\w%-]{20,}")
_QUIET = ("alembic", "apscheduler", "aiogram.event", "aiohttp.access")


def clean(line: str) -> str:
    """The line without tokens, passwords and the secrets of calendars."""
    return _CALENDAR.sub(r"\1***", _PASSWORD.sub(r"\1:***@", _TOKEN.sub("***", line)))


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record)).replace("\n", " | ")


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return clean(json.dumps(said, ensure_ascii=False))


def set_up_logs(settings: Settings) -> None:
    """To standard error, by the settings' level and format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Json() if settings.log_format == "json" else _Text("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
