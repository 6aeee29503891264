"""``python -m texts.check``: ids of the code and ids of ``ru/*.toml`` agree, templates compile, no sentence is in code.

An id is a literal («item.card»), or an f-string or an ``include`` that begins like one (f"rules.label-{name}"):
such a pattern uses every id it fits and must fit one at least.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from texts.renderer import environment, load

ROOMS = (
    "actions",
    "bot",
    "channels",
    "domain",
    "handlers",
    "rehearsal",
    "reports",
    "schedules",
    "storage",
    "texts",
    "web",
)
ROOT = Path(__file__).parents[1]

_PARSERS = ("domain/agreed", "domain/deadline", "domain/roadmap_carry", "domain/typed_day")
"""Modules whose regular expressions are Russian words: what people write, not what they read."""
_NOT_IDS = frozenset({"outbox.deliver"})
"""Look like a text's id and are not: the name of a job."""
_NOT_NAMES = frozenset({"css", "db", "html", "id", "js", "json", "jsonl", "png", "py", "svg", "toml", "txt"})
"""What follows the dot in the name of a file or in a database's column."""
_WORD = re.compile("[А-Яа-яЁё]+(?:-[а-яё]+)*")
_WORDS_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for texts; ``pattern`` is a regular expression of their ids, ``shown`` is for people."""

    place: str
    pattern: str
    shown: str


def main(root: Path = ROOT) -> int:
    """Print a line for each finding; 1 when there are any."""
    found = sorted(findings(root, load(root / "texts" / "ru")))
    for line in found:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


def findings(root: Path, sources: Mapping[str, str]) -> list[str]:
    """Everything that does not agree."""
    modules = {path.relative_to(root).as_posix(): _parsed(path) for path in _modules(root)}
    features = {text_id.partition(".")[0] for text_id in sources}
    uses = [use for name, tree in modules.items() for use in _uses_in_code(name, tree, features)]
    uses += [use for text_id, source in sources.items() for use in _uses_in_template(text_id, source)]
    sentences = [line for name, tree in modules.items() for line in _sentences(name, tree)]
    return [*_broken(sources), *_unknown(root, uses, sources), *_unused(uses, sources), *sentences]


def _modules(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((root / room).rglob("*.py"))


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _broken(sources: Mapping[str, str]) -> Iterator[str]:
    compiling = environment(sources, escape=True)
    for text_id, source in sources.items():
        try:
            compiling.compile(source, text_id)
        except TemplateSyntaxError as error:
            yield f"{_home(text_id)}: {text_id} does not compile: {error.message}"


def _unknown(root: Path, uses: Iterable[Use], sources: Mapping[str, str]) -> Iterator[str]:
    for use in uses:
        if not any(re.fullmatch(use.pattern, text_id) for text_id in sources) and not _is_something_else(root, use):
            yield f"{use.place}: no text {use.shown}"


def _is_something_else(root: Path, use: Use) -> bool:
    """The name of a module, of a file, of a database's column."""
    path = root / use.shown.replace(".", "/")
    is_module = path.is_dir() or path.with_suffix(".py").is_file()
    return is_module or use.shown in _NOT_IDS or use.shown.rpartition(".")[2] in _NOT_NAMES


def _unused(uses: Iterable[Use], sources: Mapping[str, str]) -> Iterator[str]:
    used = re.compile("|".join(sorted({use.pattern for use in uses})) or "(?!)")
    for text_id in sources:
        if not used.fullmatch(text_id):
            yield f"{_home(text_id)}: {text_id} is not used"


def _home(text_id: str) -> str:
    return f"texts/ru/{text_id.partition('.')[0]}.toml"


def _uses_in_code(name: str, tree: ast.Module, features: Iterable[str]) -> Iterator[Use]:
    known = "|".join(sorted(features))
    for node, parts in _strings(tree):
        pattern = "".join(".+" if part is None else re.escape(part) for part in parts)
        shown = "".join("…" if part is None else part for part in parts)
        if re.fullmatch(rf"(?:{known})\.[a-z…][a-z0-9_…-]*", shown):
            yield Use(f"{name}:{node.lineno}", pattern, shown)


def _uses_in_template(text_id: str, source: str) -> Iterator[Use]:
    try:
        tree = environment({}, escape=True).parse(source)
    except TemplateSyntaxError:
        return  # reported as broken
    for include in tree.find_all(nodes.Include):
        wanted = include.template
        pieces = wanted.nodes if isinstance(wanted, nodes.Concat) else [wanted]
        parts = [piece.value if isinstance(piece, nodes.Const) else None for piece in pieces]
        pattern = "".join(".+" if part is None else re.escape(part) for part in parts)
        yield Use(_home(text_id), pattern, "".join("…" if part is None else part for part in parts))


def _sentences(name: str, tree: ast.Module) -> Iterator[str]:
    if name.startswith(("texts/", *_PARSERS)):
        return
    for node, parts in _strings(tree):
        words = [word for part in parts if part is not None for word in _WORD.findall(part)]
        if len(words) > _WORDS_ALLOWED:
            yield f"{name}:{node.lineno}: a sentence outside texts/: «{' '.join(words[:6])}»"


def _strings(tree: ast.Module) -> Iterator[tuple[ast.expr, list[str | None]]]:
    """Every string but docstrings, as its pieces; ``None`` stands for a value of an f-string."""
    skipped: set[int] = set()
    for node in ast.walk(tree):  # parents come before their children
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as docstring):
                skipped.add(id(docstring))
            case ast.JoinedStr(values=pieces):
                skipped |= {id(piece) for piece in pieces}
                yield node, [_literal(piece) for piece in pieces]
            case ast.Constant(value=str() as value) if id(node) not in skipped:
                yield node, [value]


def _literal(piece: ast.expr) -> str | None:
    return piece.value if isinstance(piece, ast.Constant) and isinstance(piece.value, str) else None


if __name__ == "__main__":
    sys.exit(main())
