"""Inside a transaction: what the people of a school hear of its time at an interview."""

from collections.abc import Iterable
from typing import Any

from actions.project import Project
from actions.school_listeners import school_listeners, with_duty
from domain.button import Button, Keyboard, press
from domain.meeting_slot import SeenSlot, SlotSheet, minute_of
from domain.outbox import Recipient
from domain.people import Role
from domain.registry import School
from storage import outbox as outbox_rows
from storage.database import Transaction
from texts import Texts


async def team(
    tx: Transaction, project: Project, sheet: SlotSheet, school_id: int, but: int | None = None
) -> list[Recipient]:
    """The invited of a school's team, or whoever hears for it where none of them can be written to; without ``but``,
    who has it on the screen."""
    invited = await with_duty(
        tx,
        project,
        sheet.now,
        lambda person, duty: duty.role is Role.SCHOOL and duty.school_id == school_id and person in sheet.people,
    )
    found = [one for one, _ in invited] or await school_listeners(tx, project, school_id, sheet.now)
    return [one for one in found if one.person_id != but]


async def tell_school(
    tx: Transaction,
    project: Project,
    sheet: SlotSheet,
    school: School,
    what: str,
    *,
    but: int | None = None,
    **said: Any,
) -> int:
    """The school hears what became of its time; what was not sent yet is not so any more."""
    await outbox_rows.take_back(tx, f"{key_of(sheet, 'told')}:{school.id}:")
    await outbox_rows.take_back(tx, f"{key_of(sheet, 'choose')}:{school.id}:")
    key = f"{key_of(sheet, 'told')}:{school.id}:{what}:{sheet.now.isoformat()}"
    recipients, buttons = await team(tx, project, sheet, school.id, but), _buttons(project, sheet)
    text_id = f"meeting_slot.told-{what}"
    return await project.tell(tx, recipients, key, text_id, sheet.now, buttons, sheet=sheet, school=school, **said)


async def tell_choose(tx: Transaction, project: Project, sheet: SlotSheet, schools: Iterable[School], once: str) -> int:
    """These schools are asked to choose a time, ``once`` for each such word."""
    told = 0
    for school in schools:
        key = f"{key_of(sheet, 'choose')}:{school.id}:{once}"
        recipients = await team(tx, project, sheet, school.id)
        told += await project.tell(
            tx,
            recipients,
            key,
            "meeting_slot.told-choose",
            sheet.now,
            _buttons(project, sheet, "choose"),
            sheet=sheet,
            school=school,
        )
    return told


async def tell_asked(tx: Transaction, project: Project, sheet: SlotSheet, theirs: SeenSlot, own: SeenSlot) -> int:
    """The school of ``own`` is asked to change with that of ``theirs``."""
    assert own.school is not None  # noqa: S101  it was asked because it has that time
    key = f"{key_of(sheet, 'ask')}:{theirs.slot.id}:{sheet.now.isoformat()}"
    recipients = await team(tx, project, sheet, own.school.id)
    return await project.tell(
        tx,
        recipients,
        key,
        "meeting_slot.told-asked",
        sheet.now,
        (swap_buttons(project.texts, sheet.one.id, theirs, own),),
        sheet=sheet,
        theirs=theirs,
        own=own,
    )


def swap_buttons(texts: Texts, meeting_id: int, theirs: SeenSlot, own: SeenSlot) -> tuple[Button, ...]:
    """«Поменяться» and «Не меняться»: this time of another school for that of one's own."""
    one, other = minute_of(theirs.starts_at), minute_of(own.starts_at)
    return (
        Button(texts.plain("meeting_slot.button-agree"), press("msyes", meeting_id, one, other)),
        Button(texts.plain("meeting_slot.button-keep"), press("msno", meeting_id, one, other)),
    )


def key_of(sheet: SlotSheet, what: str) -> str:
    """How the keys begin under which something is told of these times; with «slots:N:» begin all of a meeting."""
    return f"slots:{sheet.one.id}:{what}"


def _buttons(project: Project, sheet: SlotSheet, name: str = "change") -> Keyboard:
    texts, one = project.texts, sheet.one.id
    return (
        (Button(texts.plain(f"meeting_slot.button-{name}"), press("mtslots", one)),),
        (
            Button(texts.plain("meeting.button-open"), press("mtmy", one)),
            Button(texts.plain("meeting.button-ics"), press("mtics", one)),
        ),
    )
