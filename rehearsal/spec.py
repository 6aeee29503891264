"""The Bot API's machine-readable specification as a second judge of every request and response.

The file is shared beside the checkout (``../shared/specs/telegram-bot-api.json``) or named by ``TELEGRAM_SPEC``; a
fresh clone has none, and then nothing is judged.
"""

import json
import os
from pathlib import Path
from typing import Any

from rehearsal.refusals import Json

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "specs" / "telegram-bot-api.json"
PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "InputFile": (str,),
}


def spec_file() -> Path | None:
    """Where the specification is, or None where there is none."""
    path = Path(os.environ.get("TELEGRAM_SPEC", BESIDE))
    return path if path.is_file() else None


class Spec:
    """Compares values with the specification; every check returns problems in words, an empty list if all is well."""

    def __init__(self, path: Path) -> None:
        read = json.loads(path.read_text(encoding="utf-8"))
        self.version: str = read["version"]
        self.methods: dict[str, Json] = read["methods"]
        self.types: dict[str, Json] = read["types"]

    def parameters(self, method: str) -> dict[str, bool]:
        """Names of the method's parameters and whether each is required."""
        return {field["name"]: field["required"] for field in self.methods[method].get("fields", [])}

    def call(self, method: str, asked: Json, result: object) -> list[str]:
        """Problems of a request and its successful response."""
        described = self.methods.get(method)
        if described is None:
            return [f"{method}: not in the specification"]
        problems = self._fields(asked, described.get("fields", []), method)
        return problems + self._value(result, described["returns"], f"{method} →")

    def _fields(self, given: Json, fields: list[Json], where: str) -> list[str]:
        known = {field["name"]: field for field in fields}
        problems = [f"{where}.{name} is not in the specification" for name in given.keys() - known.keys()]
        problems += [f"{where}.{n} is missing" for n, field in known.items() if field["required"] and n not in given]
        for name in given.keys() & known.keys():
            problems += self._value(given[name], known[name]["types"], f"{where}.{name}")
        return problems

    def _value(self, value: Any, kinds: list[str], where: str) -> list[str]:
        """Problems with the kind that fits best."""
        tried = [self._one(value, kind, where) for kind in self._alternatives(kinds)]
        return min(tried, key=len, default=[])

    def _alternatives(self, kinds: list[str]) -> list[str]:
        found: list[str] = []
        for kind in kinds:
            described = self.types.get(kind, {})
            abstract = "subtypes" in described and not described.get("fields")
            found += self._alternatives(described["subtypes"]) if abstract else [kind]
        return found

    def _one(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            return self._array(value, kind.removeprefix("Array of "), where)
        if kind in PLAIN:
            fits = isinstance(value, PLAIN[kind]) and isinstance(value, bool) == (bool in PLAIN[kind])
            return [] if fits else [f"{where} is not {kind}: {value!r}"] * 3
        if kind not in self.types:
            return []
        if not isinstance(value, dict):
            return [f"{where} is not {kind}: {value!r}"] * 3
        return self._fields(value, self.types[kind].get("fields", []), f"{where}({kind})")

    def _array(self, value: Any, inner: str, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where} is not an array: {value!r}"] * 3
        kinds = [inner] if inner.startswith("Array of ") else inner.split(" or ")
        return [problem for item in value for problem in self._value(item, kinds, f"{where}[]")]
