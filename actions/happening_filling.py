"""What was held as the engine of forms knows it: who may tell of it, what is asked, what follows (items 15, 23, 24)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from actions.form_sheet import Ref, Said, Sheet
from actions.happening_sight import HeldItem, card_said, held_card, held_item
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.evidence import LINK_LIMIT, link_of
from domain.form import Answers, Form, Option, Question, QuestionKind
from domain.form_value import files_of, option_of
from domain.happening import MOST_FILES, TITLE_LIMIT, NewHappening, is_by_place, title_of
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import happening as happening_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage.database import Transaction
from storage.form_run import Run
from texts import Texts

HELD = "held"
PLACE, DAY, TITLE, LINK, FILES = "place", "day", "title", "link", "files"
_LATELY = {"today": timedelta(), "yesterday": timedelta(days=1)}


def mark_of(item_id: int, person_id: int) -> str:
    """The key of what somebody tells of an item: their own draft, which goes with them."""
    return f"{HELD}:{item_id}:person:{person_id}"


class HeldFilling:
    """The ``Purpose`` of what was held. What was told of leaves no answers behind, only that it was: an old button
    begins nothing. The next one is begun by ``Happenings.begin``."""

    def __init__(self, project: Project) -> None:
        self._project = project

    async def sheet(self, tx: Transaction, ref: Ref, *, by: Member, now: datetime) -> Sheet:
        """Raises ``Refusal`` for whoever does not carry the item out, where there is nothing to tell of it, and for
        what was told."""
        by_id = require(by, Right.REPORT_HAPPENING)
        held = await held_item(tx, self._project, ref.id, by, now)
        held.refuse_nothing_to_tell()
        mark, texts = mark_of(ref.id, by_id), self._project.texts
        run = await run_rows.get(tx, mark)
        if run is not None and run.is_sent:
            raise Refusal("happening.form-gone")
        only = held.places[0] if len(held.places) == 1 else None
        return Sheet(
            Form(texts.plain("happening.title", item=held.kept.item), tuple(_questions(texts, held))),
            mark,
            texts.html("happening.heading", item=held.kept.item, place=only.name if only else ""),
            author=by_id,
            given={PLACE: str(only.id)} if only else {},
            entry=_entry,
            is_marked=True,
            warning=lambda answers: self._warning(held, answers),
        )

    def _warning(self, held: HeldItem, answers: Answers) -> str:
        day = answers.get(DAY)
        is_outside = isinstance(day, date) and not held.counts(day)
        return self._project.texts.html("happening.outside", span=held.span) if is_outside else ""

    async def changed(
        self, tx: Transaction, ref: Ref, run: Run, _before: Answers, /, *, by: Member, now: datetime
    ) -> None:
        """Nothing follows until it is sent."""

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        """It is there, with the item's number afterwards; told twice it is one. Raises ``Refusal`` for a municipality
        that is not theirs (any more)."""
        by_id = require(by, Right.REPORT_HAPPENING)
        held = await held_item(tx, self._project, ref.id, by, now)
        told = _told(held, run.answers)
        known = await happening_rows.same(tx, told)
        made = known or await self._add(tx, told, by_id, now)
        await run_rows.put(tx, Run(run.mark, run.about, is_sent=True))
        texts = self._project.texts
        toast = texts.plain("happening.saved-toast" if known is None else "happening.saved-before-toast")
        return card_said(texts, await held_card(tx, self._project, made, by, now), toast)

    async def _add(self, tx: Transaction, told: NewHappening, by_id: int, now: datetime) -> int:
        made = await happening_rows.add(tx, told, by_id, now)
        about = {"municipality": told.place} if told.place is not None else {}
        day = told.day.isoformat()
        await audit_rows.record(
            tx, now, by_id, Deed.HAPPENING_REPORTED, item=told.item_id, happening=made, day=day, **about
        )
        await notice_rows.answer(tx, by_id, [told.item_id], now, None)
        await outbox_rows.withdraw_days(tx)
        return made


def _questions(texts: Texts, held: HeldItem) -> Iterator[Question]:
    item = held.kept.item
    if is_by_place(item):
        places = tuple(Option(str(one.id), one.name) for one in held.places)
        yield Question(PLACE, texts.plain("happening.place"), QuestionKind.ONE, options=places)
    days = tuple(
        Option(option_of(held.today - ago), texts.plain(f"happening.button-{name}")) for name, ago in _LATELY.items()
    )
    yield Question(DAY, texts.plain("happening.day", item=item), QuestionKind.DATE, options=days, past=True)
    yield Question(TITLE, texts.plain("happening.name", item=item), QuestionKind.TEXT, length=TITLE_LIMIT)
    ordered = texts.plain("happening.link-hint", item=item)
    link = texts.plain("happening.link")
    yield Question(LINK, link, QuestionKind.TEXT, required=False, hint=ordered, length=LINK_LIMIT)
    files = texts.plain("happening.files")
    yield Question(FILES, files, QuestionKind.FILE, required=False, most=MOST_FILES, anywhere=True)


def _entry(question: Question, words: str, _today: date) -> str:
    return title_of(words) if question.id == TITLE else link_of(words)


def _told(held: HeldItem, answers: Answers) -> NewHappening:
    day, title, link, place = (answers.get(one) for one in (DAY, TITLE, LINK, PLACE))
    assert isinstance(day, date)  # noqa: S101  nothing is sent without it
    place_id = int(place) if is_by_place(held.kept.item) and isinstance(place, str) else None
    if place_id is not None and not held.is_theirs(place_id):
        raise Refusal("happening.other-place")
    return NewHappening(held.kept.id, place_id, day, str(title), str(link or ""), files_of(answers.get(FILES)))
