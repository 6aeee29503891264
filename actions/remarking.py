"""Inside a transaction: a remark as people read it, and who hears of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from actions.document import Sheet
from actions.project import Project
from actions.school_listeners import Asked, school_listeners, with_duty
from domain.access import Right, reach_of
from domain.button import Button, Keyboard, press
from domain.outbox import Recipient
from domain.people import Duty, Role
from domain.registry import School, called
from domain.remark import Remark, Subject, VisitName
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import roadmap as roadmap_rows
from storage import visit as visit_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """A remark with what it is on and how those who had a part in it are called, by their ids."""

    remark: Remark
    subject: Subject
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class RemarkCard:
    """One remark; what whoever looks may do stands in the ``sheet``; ``corrects`` is whether they may correct it."""

    sheet: Sheet
    told: Told
    zone: ZoneInfo
    corrects: bool = False


async def told_of(tx: Transaction, sheet: Sheet, remarks: Iterable[Remark]) -> list[Told]:
    """Remarks of one school with what they are on, and with names in place of ids."""
    remarks = list(remarks)
    lines = {one.document.id: one for one in sheet.lines if one.document.id}
    roadmaps = await roadmap_rows.all_roadmaps(tx) if any(one.item_id for one in remarks) else ()
    items = {one.id: one for roadmap in roadmaps for one in roadmap.items}
    visits = await visit_rows.reports(tx, {one.visit_id for one in remarks if one.visit_id}) if remarks else {}
    told = {one: VisitName(report.number, report.held_on) for one, report in visits.items()}
    parts = [(one.author_id, one.answered_by, one.fixed_by, one.placed_by) for one in remarks]
    people = {one for part in parts for one in part if one is not None}
    names = {one: called(await people_rows.name_of(tx, one), one) for one in sorted(people)}

    def subject(one: Remark) -> Subject:
        return Subject(lines.get(one.document_id or 0), items.get(one.item_id or 0), told.get(one.visit_id or 0))

    return [Told(one, subject(one), names) for one in remarks]


async def tell_school(tx: Transaction, project: Project, card: RemarkCard, what: str, key: str, now: datetime) -> int:
    """The school hears of it; returns how many of its people."""
    recipients = await school_listeners(tx, project, card.sheet.school.id, now)
    return await _tell(tx, project, card, what, recipients, key, now)


async def tell_corrected(tx: Transaction, project: Project, card: RemarkCard, now: datetime) -> None:
    """Whoever has read the remark hears what it says now; whoever was still to hear of it hears it as it is."""
    remark_id = card.told.remark.id
    unaware = await take_back(tx, remark_id)
    recipients = await school_listeners(tx, project, card.sheet.school.id, now)
    first = [one for one in recipients if one.person_id in unaware]
    await _tell(tx, project, card, "made", first, made_key(remark_id), now)
    again = [one for one in recipients if one.person_id not in unaware]
    await _tell(tx, project, card, "corrected", again, f"remark-corrected:{remark_id}:{now.isoformat()}", now)


async def _tell(
    tx: Transaction,
    project: Project,
    card: RemarkCard,
    what: str,
    recipients: Iterable[Recipient],
    key: str,
    now: datetime,
) -> int:
    answer = Button(project.texts.plain("remark.button-answer"), press("remanswer", card.told.remark.id))
    buttons = ((answer,), (_look(project, card),))
    return await project.tell(tx, recipients, key, f"remark.told-{what}", now, buttons, **_values(card))


def made_key(remark_id: int) -> str:
    """Under which the school is told that a remark was made."""
    return f"remark:{remark_id}"


async def take_back(tx: Transaction, remark_id: int) -> set[int]:
    """Nothing that waits to be said of a remark is true any more; returns who was still to hear that it was made."""
    for what in ("corrected", "opened", "answer"):
        await outbox_rows.take_back(tx, f"remark-{what}:{remark_id}:")
    return await outbox_rows.take_back(tx, f"{made_key(remark_id)}:")


async def tell_author(tx: Transaction, project: Project, card: RemarkCard, now: datetime) -> None:
    """Whoever made the remark hears of the answer, while it is still theirs to judge; else the school's curators, and
    where there are none the coordinators."""
    school, remark = card.sheet.school, card.told.remark
    for is_asked in (_made(remark, school), _curates(school), _coordinates):
        found = await with_duty(tx, project, now, is_asked)
        if found:
            key = f"remark-answer:{remark.id}:{now.isoformat()}"
            recipients = [recipient for recipient, _ in found]
            await project.tell(tx, recipients, key, "remark.told-answer", now, _judging(project, card), **_values(card))
            return


def _made(remark: Remark, school: School) -> Asked:
    return lambda holder, duty: holder == remark.author_id and reach_of([duty], Right.REMARK).covers(school)


def _curates(school: School) -> Asked:
    return lambda _, duty: duty.role is Role.CURATOR and duty.school_id == school.id


def _coordinates(_holder: int, duty: Duty) -> bool:
    return duty.role is Role.COORDINATOR


def _judging(project: Project, card: RemarkCard) -> Keyboard:
    remark = card.told.remark
    fixed, not_fixed = (
        Button(
            project.texts.plain(f"remark.button-{name}-{remark.kind}"), press("remfix", remark.id, int(name == "fixed"))
        )
        for name in ("fixed", "opened")
    )
    return ((fixed, not_fixed), (_look(project, card),))


def _look(project: Project, card: RemarkCard) -> Button:
    return Button(project.texts.plain("remark.button-open"), press("remark", card.told.remark.id))


def _values(card: RemarkCard) -> dict[str, Any]:
    return {"told": card.told, "remark": card.told.remark, "school": card.sheet.school}
