"""Which rehearsal is asked for: from a day, from a saved file, or the one that a named folder keeps."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from bot.settings import Settings
from domain.refusal import Refusal
from rehearsal.journal import Beginning, Journal, JournalError, read_journal
from rehearsal.region import STOCK_SCHOOLS, check_size, usual_people

START = datetime(2021, 11, 24, 8, 30)  # noqa: DTZ001  local: it stands for that hour in any region
"""The day before item 1."""
KEPT_AS = "rehearsal.jsonl"


def wanted_journal(given: argparse.Namespace | None, settings: Settings) -> Journal:
    """The journal to begin with; one in a named folder is written there as it grows.

    Raises ``Refusal`` where what was given makes no rehearsal.
    """
    if given is None:
        return Journal(beginning(START, None, STOCK_SCHOOLS, settings))
    kept = None if given.folder is None else Path(given.folder) / KEPT_AS
    journal = _journal(given, settings, kept if kept is not None and kept.exists() else None)
    if kept is not None:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            journal.keep_in(kept)
        except OSError as error:
            raise Refusal("rehearsal.no-folder", folder=given.folder) from error
    return journal


def _journal(given: argparse.Namespace, settings: Settings, kept: Path | None) -> Journal:
    file = Path(given.open) if given.open else kept
    if file is None:
        schools = STOCK_SCHOOLS if given.schools is None else given.schools
        return Journal(beginning(given.at or START, given.people, schools, settings))
    sized = [one for one in (given.at, given.people, given.schools) if one is not None]
    if sized or (given.open and kept is not None):
        raise Refusal("rehearsal.begun-already", file=str(kept or file))
    try:
        return read_journal(file.read_text(encoding="utf-8"))
    except JournalError as error:
        raise Refusal("rehearsal.not-saved", file=str(file), line=error.line) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("rehearsal.no-file", file=str(file)) from error


def beginning(at: datetime, people: int | None, schools: int, settings: Settings) -> Beginning:
    """From a local date and time. Raises ``Refusal`` for a size that cannot be."""
    people = usual_people(schools) if people is None else people
    try:
        check_size(people, schools)
        return Beginning(at=at.replace(tzinfo=settings.zone).astimezone(UTC), people=people, schools=schools)
    except (ValidationError, ValueError) as error:
        raise Refusal("rehearsal.wrong-size") from error
