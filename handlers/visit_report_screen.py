"""How a report of a visit looks: its answers page by page, the school's part, what was changed after it was sent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeVar

from actions.visit_report import ReportView
from actions.visit_report import Row as Answered
from domain.button import Button, Keyboard, press
from domain.form import Place, Question
from domain.visit import ReportState
from domain.visit_form import ACTIONS, DAY, FILES, OVERALL, PROPOSALS, REMARKS, SEEN, Change, risk_of
from handlers.paging import Row, turning
from handlers.show import Screen
from handlers.start import back_to_menu
from texts import Texts

ROOM = 2000
"""Characters of a page as HTML writes them, without its heading."""
_WHOLE, _PIECE = 1600, 300
"""Characters of a text that stays in one piece, and of the pieces of a longer one."""
_ELSEWHERE = frozenset({DAY, REMARKS, PROPOSALS, ACTIONS, FILES})
"""Questions whose answers stand in the heading, in lists of their own, behind a button."""
Entry = TypeVar("Entry")
_MAP = "https://yandex.ru/maps/?pt={longitude},{latitude}&z=16"


def report_text(texts: Texts, view: ReportView, page: int) -> tuple[str, int]:
    """A page of the report (the nearest one where there is none), and how many there are."""
    pages = report_pages(texts, view)
    shown = min(max(page, 0), len(pages) - 1)
    text = texts.html("visit_report.page", view=view, body=pages[shown], number=shown + 1, pages=len(pages))
    return text, len(pages)


def report_pages(texts: Texts, view: ReportView) -> list[str]:
    """What stands on each page below the heading, as HTML."""
    return packed(_blocks(texts, view))


def report_screen(texts: Texts, view: ReportView, page: int = 0) -> Screen:
    """A report as it is read by those who read it whole, or its school's part."""
    one = view.one.id
    text, pages = report_text(texts, view, page)
    turns = turning(texts, pages, page, lambda other: press("vreppg", one, other), 1)
    rows = (turns, *(_part_rows(texts, view) if view.is_part else _whole_rows(texts, view)))
    visit = Button(texts.plain("visit_report.button-visit"), press("visit", one))
    return Screen(text, (*(row for row in rows if row), (visit, *back_to_menu(texts))))


def _whole_rows(texts: Texts, view: ReportView) -> Keyboard:
    one, sent = view.one.id, view.report.state is ReportState.SENT
    return (
        _only(view.may_edit, texts, "change", press("fw", "visit", one, 0, "go-on")),
        _only(view.reviews and sent, texts, "review", press("vrev", one)),
        *shared_rows(texts, view),
        _only(view.agreed, texts, "agreed", press("agreeds", view.one.school.id)),
    )


def _part_rows(texts: Texts, view: ReportView) -> Keyboard:
    school = view.one.school.id
    done = [
        Button(texts.plain("visit_report.button-done", number=number), press("agdone", one.id))
        for number, one in enumerate(view.agreed, 1)
        if one.is_open
    ]
    return (
        tuple(done[:3]),
        tuple(done[3:6]),
        _only(view.remarks or view.proposals, texts, "remarks", press("remarks", school)),
        _only(view.agreed, texts, "agreed", press("agreeds", school)),
    )


def shared_rows(texts: Texts, view: ReportView) -> Keyboard:
    """What can be looked at beside the pages: files and the map, the paper and what was changed, the report before."""
    one, point = view.one.id, _place(view)
    place: Row = ()
    if point is not None:
        url = _MAP.format(longitude=point.longitude, latitude=point.latitude)
        place = (Button(texts.plain("visit_report.button-map"), url=url),)
    files = _only(view.files, texts, "files", press("vfiles", one), count=len(view.files))
    paper = Button(texts.plain("visit_report.button-paper"), press("vdocx", one))
    edits = _only(view.edits, texts, "edits", press("vedits", one))
    has_before = any(row.before is not None for row in view.rows)
    return (*files, *place), (paper, *edits), _only(has_before, texts, "before", press("vlast", one))


def _only(shown: object, texts: Texts, name: str, data: str, **said: int) -> Row:
    """A button, where there is something behind it."""
    return (Button(texts.plain(f"visit_report.button-{name}", **said), data),) if shown else ()


def edits_screen(texts: Texts, view: ReportView, page: int = 0) -> Screen:
    """What was answered before it was changed, the latest change first."""
    one = view.one.id
    blocks = [texts.html("visit_report.edit", edit=edit, view=view) for edit in reversed(view.edits)]
    pages = packed(blocks or [texts.html("visit_report.no-edits")])
    shown = min(max(page, 0), len(pages) - 1)
    turns = turning(texts, len(pages), page, lambda other: press("veditpg", one, other), 1)
    back = (Button(texts.plain("visit_report.button-back"), press("vrep", one)), *back_to_menu(texts))
    text = texts.html("visit_report.edits", view=view, body=pages[shown], number=shown + 1, pages=len(pages))
    return Screen(text, (*((turns,) if turns else ()), back))


def packed(blocks: Iterable[str], room: int = ROOM) -> list[str]:
    """As many of the blocks (HTML) on one page as have room there, in their order; one page at least."""
    pages: list[list[str]] = [[]]
    taken = 0
    for block in blocks:
        if pages[-1] and taken + len(block) > room:
            pages.append([])
            taken = 0
        pages[-1].append(block)
        taken += len(block) + 1
    return ["\n".join(page).strip() for page in pages]


def _blocks(texts: Texts, view: ReportView) -> Iterator[str]:
    for row in view.rows:
        if row.question.id == SEEN:
            yield from _words(texts, row)
        elif row.question.id not in _ELSEWHERE:
            yield _answered(texts, row)
    yield from _listed(texts, "remarks", view.remarks, lambda line: texts.html("visit_report.line", line=line))
    yield from _listed(texts, "proposals", view.proposals, lambda line: texts.html("visit_report.line", line=line))
    yield from _listed(
        texts, "agreed", view.promises, lambda one: texts.html("visit_report.agreed", one=one, view=view)
    )
    if view.is_part and not (view.remarks or view.proposals or view.promises):
        yield texts.html("visit_report.nothing")


def _answered(texts: Texts, row: Answered) -> str:
    question, change = row.question, _change(row)
    if change is not None:
        return texts.html("visit_report.risk", name=risk_name(question), change=change)
    return texts.html("visit_report.row", question=question, value=row.value, before=row.before)


def risk_name(question: Question) -> str:
    """The risk that a question is about, without what is asked of it."""
    return question.text.rpartition(": ")[0] or question.text


def _change(row: Answered) -> Change | None:
    """How far the work is; ``None`` where the question is about something else."""
    if risk_of(row.question.id) is None and row.question.id != OVERALL:
        return None
    before = int(row.before) if isinstance(row.before, str) and row.before.isdigit() else None
    return Change(int(row.value), before) if isinstance(row.value, str) and row.value.isdigit() else None


def _words(texts: Texts, row: Answered) -> Iterator[str]:
    words = str(row.value)
    for number, piece in enumerate(pieces(words) if len(escape(words)) > _WHOLE else [words]):
        yield texts.html("visit_report.words", question=row.question, piece=piece, first=not number)


def pieces(words: str, longest: int = _PIECE) -> Iterator[str]:
    """A text in pieces, torn apart between words where there are any."""
    while len(words) > longest:
        at = max(words.rfind(" ", 1, longest), words.rfind("\n", 1, longest))
        at = longest if at < 0 else at
        yield words[:at]
        words = words[at:].lstrip()
    if words:
        yield words


def _listed(texts: Texts, what: str, entries: Sequence[Entry], said: Callable[[Entry], str]) -> Iterator[str]:
    """A list with its heading, which never stands alone at the end of a page."""
    for number, one in enumerate(entries, 1):
        heading = texts.html(f"visit_report.list-{what}", count=len(entries))
        entry = texts.html("visit_report.entry", number=number, said=said(one))
        yield f"\n{heading}\n{entry}" if number == 1 else entry


def _place(view: ReportView) -> Place | None:
    return next((row.value for row in view.rows if isinstance(row.value, Place)), None)
