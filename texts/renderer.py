"""A strict renderer: an unknown id or a missing variable is an error, never a hole in a message."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template

from texts.filters import FILTERS

LIMIT = 3900
"""Characters that no rendered message exceeds (messengers.md)."""

_FOLDER = Path(__file__).parent / "ru"


class UnknownTextError(KeyError):
    """No template of that id: a mistake of ours, met in the tests."""


def load(folder: Path = _FOLDER) -> dict[str, str]:
    """All templates as ``feature.id`` → source."""
    return {
        f"{path.stem}.{name}": source
        for path in sorted(folder.glob("*.toml"))
        for name, source in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def environment(sources: Mapping[str, str], *, escape: bool) -> Environment:
    """Jinja with our filters; one template includes another by its id."""
    made = Environment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        autoescape=escape,  # noqa: S701  off for what is not HTML: buttons, toasts, the terminal
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """Templates, and what compiles each of them once."""

    by_id: Mapping[str, str]
    html: Environment
    plain: Environment


def _prepared(sources: Mapping[str, str]) -> _Sources:
    return _Sources(sources, environment(sources, escape=True), environment(sources, escape=False))


@cache
def _shipped() -> _Sources:
    return _prepared(load())


class Texts:
    """Renders templates by id, as HTML for messages or as plain text for buttons, toasts and the terminal."""

    def __init__(self, sources: Mapping[str, str] | None = None) -> None:
        self._known = _shipped() if sources is None else _prepared(dict(sources))

    def has(self, text_id: str) -> bool:
        """Whether such an id is defined."""
        return text_id in self._known.by_id

    def ids(self) -> frozenset[str]:
        """Every defined id."""
        return frozenset(self._known.by_id)

    def html(self, text_id: str, /, **values: Any) -> str:
        """A message for a person; values are escaped. Raises ``UnknownTextError`` or Jinja's ``UndefinedError``."""
        return self._template(text_id, escape=True).render(values).strip()

    def plain(self, text_id: str, /, **values: Any) -> str:
        """The label of a button, a toast or a line in the terminal: nothing is escaped."""
        return self._template(text_id, escape=False).render(values).strip()

    def _template(self, text_id: str, *, escape: bool) -> Template:
        if text_id not in self._known.by_id:
            raise UnknownTextError(text_id)
        text_id = str(text_id)  # Jinja takes no StrEnum for a name
        return (self._known.html if escape else self._known.plain).get_template(text_id)
