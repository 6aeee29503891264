"""What the files in TOML have in common: the text parsed, single fields checked, a defect's place and values."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from pydantic import AfterValidator
from pydantic_core import ErrorDetails, PydanticCustomError

_SHOWN: Final = 80
"""Characters of somebody's wording that a defect repeats."""
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER: Final = frozenset("\ufffe\uffff")
"""No letters, and no XML holds them."""


class NotTomlError(ValueError):
    """The text is no TOML. ``line`` and ``column`` are counted from 1, 0 where there is no telling."""

    def __init__(self, line: int = 0, column: int = 0) -> None:
        super().__init__(f"{line}:{column}")
        self.line = line
        self.column = column


def parsed(text: str) -> dict[str, Any]:
    """The document of a TOML text. Raises ``NotTomlError``."""
    plain = text.removeprefix("\ufeff")  # the mark that Windows' Notepad leaves
    try:
        return tomllib.loads(plain)
    except tomllib.TOMLDecodeError as error:
        raise NotTomlError(*_place(str(error), plain)) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets thousands deep
        raise NotTomlError from error


def _place(message: str, text: str) -> tuple[int, int]:
    """Line and column, from the only place where Python before 3.14 tells them."""
    if found := re.search(r"at line (\d+), column (\d+)", message):
        return int(found[1]), int(found[2])
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1


def refused(reason: str, **details: str) -> PydanticCustomError:
    """The error of a check: the text id is pydantic's type of error, ``details`` are the variables of the text."""
    return PydanticCustomError(reason, "refused", details)


def matching(pattern: str, reason: str) -> AfterValidator:
    """The whole value is of the pattern."""

    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise refused(reason)
        return value

    return AfterValidator(check)


def readable(reason: str, *, lines: bool = False) -> AfterValidator:
    """No control characters and no marks that turn the direction of writing; line breaks only where ``lines`` are."""

    def check(value: str) -> str:
        if not is_readable(value.replace("\n", "") if lines else value):
            raise refused(reason)
        return value

    return AfterValidator(check)


def is_readable(value: str) -> bool:
    """Whether it is one line of signs that everybody sees alike."""
    wrong = {"Cc", "Zl", "Zp", "Cs"}
    return not any(unicodedata.category(one) in wrong or one in _TURNING or one in _NEVER for one in value)


def reason_of(error: ErrorDetails, reasons: Mapping[str, str], generic: str) -> str:
    """The text id of an error: our own checks carry it, pydantic's own types stand in ``reasons``."""
    kind = error["type"]
    return kind if "." in kind else reasons.get(kind, generic)


def details_of(error: ErrorDetails) -> dict[str, str]:
    """The variables of that text."""
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return {"max": str(context["max_length"]), "length": str(len(error["input"].strip()))}
        case "too_long":
            return {"max": str(context["max_length"]), "count": str(len(error["input"]))}
        case "enum" | "literal_error":
            return {"allowed": ", ".join(re.findall("'([^']*)'", context["expected"]))}
        case ours if "." in ours:
            return {name: shown(value) for name, value in context.items()}
    return {}


def path(loc: tuple[int | str, ...]) -> str:
    """A place as people count, from 1: ``items[3].title``."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}" for part in loc).removeprefix(".")


def shown(text: str) -> str:
    """Somebody's wording, fit for a message: short, and nothing in it that does not print."""
    line = "".join(one if one.isprintable() else "�" for one in text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
