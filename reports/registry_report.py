"""What a file of the registry comes to, row by row, as an XLSX."""

from collections.abc import Iterable, Iterator

from domain.people import Duty
from domain.registry import Registry, called
from domain.registry_file_plan import Outcome, Plan
from reports.cells import headings, put, saved
from reports.registry_words import RegistryWords

_REPORT = (("sheet", 10), ("row", 9), ("title", 50), ("kind", 16), ("said", 110))
_ABSENT = (("name", 40), ("left", 90))


def registry_report(found: Plan, registry: Registry, words: RegistryWords) -> bytes:
    """A line for each row of the file, then whom and what it does not name: they stay."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheets = (("report", _REPORT, _outcomes(found, words)), ("absent", _ABSENT, _absent(found, registry, words)))
    for title, columns, lines in sheets:
        form = book.create_sheet(words.texts.plain(f"registry_file.sheet-{title}"))
        headings(form, [(words.texts.plain(f"registry_file.column-{name}"), width) for name, width in columns])
        for row, line in enumerate(lines, start=2):
            put(form, row, line)
    book.remove(book.worksheets[0])
    return saved(book)


def _outcomes(found: Plan, words: RegistryWords) -> Iterator[tuple[str, ...]]:
    for one in found.outcomes:
        kind = words.texts.plain(f"registry_file.kind-{one.kind}")
        yield words.sheets[one.row.sheet], str(one.row.number), one.row.title, kind, _said(one, words)


def _said(one: Outcome, words: RegistryWords) -> str:
    return "; ".join(words.texts.plain(f"registry_file.said-{said.what}", said=said) for said in one.said)


def _absent(found: Plan, registry: Registry, words: RegistryWords) -> Iterator[tuple[str, str]]:
    for person in found.absent:
        yield called(person.name, person.id), _duties(person.duties, registry, words)
    for person, duty in found.left:
        yield called(person.name, person.id), _duties([duty], registry, words)


def _duties(duties: Iterable[Duty], registry: Registry, words: RegistryWords) -> str:
    return "; ".join(
        f"{words.roles[duty.role]}: {place}" if (place := registry.place(duty)) else words.roles[duty.role]
        for duty in duties
    )
