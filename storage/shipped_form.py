"""The forms that come with the product: ``forms/<slug>.toml``."""

from functools import cache
from pathlib import Path
from typing import Final

from domain.form import Form
from domain.form_file import read_form

FOLDER: Final = Path(__file__).parents[1] / "forms"


class UnknownFormError(LookupError):
    """There is no shipped form of that slug: a roadmap's file names one that is not here."""


def shipped_forms() -> list[str]:
    """The slugs of all of them, in order."""
    return sorted(one.stem for one in FOLDER.glob("*.toml"))


@cache
def shipped_form(slug: str) -> Form:
    """The form of that slug, read once. Raises ``UnknownFormError``."""
    if slug not in shipped_forms():
        raise UnknownFormError(slug)
    return read_form((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
