"""``form check``. Imports no messenger."""

import argparse
from pathlib import Path

from bot.cli import INPUT, OK, complain, say
from bot.settings import Settings
from domain.form import Form, minutes
from domain.form_file import FormFileError, anonymous_defects, read_form
from reports.form_read import read_form_workbook
from reports.form_words import FormWords, defect_line
from texts import Texts


async def form(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:  # noqa: ARG001  the same for all
    """Whether a form's file is in order."""
    found = read_file(Path(given.file), texts)
    if found is None:
        return INPUT
    say(texts.plain("cli.form-fine", title=found.title, questions=len(found.questions), minutes=minutes(found)))
    telling = [one.question for one in anonymous_defects(found)]
    if telling:
        say(texts.plain("cli.form-not-anonymous", telling=telling))
    return OK


def read_file(path: Path, texts: Texts) -> Form | None:
    """The form of a TOML or XLSX file; ``None`` after every defect was printed."""
    try:
        if path.suffix.lower() == ".xlsx":
            return read_form_workbook(path.read_bytes(), FormWords(texts))
        return read_form(path.read_text(encoding="utf-8"))
    except OSError:
        complain(texts.plain("cli.no-file", file=path.name))
    except UnicodeDecodeError:
        complain(texts.plain("cli.not-text", file=path.name))
    except FormFileError as error:
        for defect in error.defects:
            complain(defect_line(defect, texts))
        complain(texts.plain("cli.form-defects", count=len(error.defects)))
    return None
