"""Inside a transaction: who hears at once of what became of a visit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from actions.project import Project
from actions.school_listeners import school_listeners, with_duty
from actions.visit_sight import SeenVisit, Sight
from domain.button import Button, Keyboard, press
from domain.outbox import Recipient
from domain.visit import Visit
from storage import outbox as outbox_rows
from storage.database import Transaction


async def tell_curators(
    tx: Transaction,
    project: Project,
    found: Sight,
    visits: Sequence[Visit],
    what: str,
    now: datetime,
    *,
    first: Keyboard = (),
    **said: Any,
) -> int:
    """Whoever goes to these visits: one message each; ``first`` are buttons above «Визиты»."""
    theirs: dict[str, tuple[Recipient, list[SeenVisit]]] = {}
    for visit in visits:
        for bearer in found.acting(visit):
            theirs.setdefault(bearer.recipient.key, (bearer.recipient, []))[1].append(found.seen(visit))
    button = Button(project.texts.plain("visit.button-visits"), press("go", "visits"))
    told = 0
    for recipient, own in theirs.values():
        key = f"visits-{what}:{min(one.id for one in own)}:{now.isoformat()}"
        told += await project.tell(
            tx, [recipient], key, f"visit.told-{what}", now, (*first, (button,)), visits=own, **said
        )
    return told


async def tell_returned(
    tx: Transaction, project: Project, found: Sight, visit: Visit, comment: str, now: datetime
) -> int:
    """Whoever goes to a visit hears why its report is back, and goes on with it by a button."""
    edit = Button(project.texts.plain("visit_card.button-edit-report"), press("fw", "visit", visit.id, 0, "go-on"))
    return await tell_curators(tx, project, found, [visit], "report-returned", now, first=((edit,),), comment=comment)


async def tell_school(
    tx: Transaction, project: Project, found: Sight, visit: Visit, what: str, now: datetime, **said: Any
) -> int:
    """The school's people hear of one visit."""
    recipients = await school_listeners(tx, project, visit.school_id, now)
    key = f"visit-{what}:{visit.id}:{now.isoformat()}"
    buttons = _of_school(project, visit) if visit.cancelled_at is None else ()
    return await project.tell(tx, recipients, key, f"visit.school-{what}", now, buttons, one=found.seen(visit), **said)


def _of_school(project: Project, visit: Visit) -> Keyboard:
    look = Button(project.texts.plain("visit.button-open"), press("visit", visit.id))
    wish = Button(project.texts.plain("visit.button-wish"), press("vwish", visit.id))
    return ((look, wish),)


async def tell_wished(tx: Transaction, project: Project, found: Sight, visit: Visit, now: datetime) -> int:
    """Whoever goes hears that the school asks for another day, and answers with a button."""
    move = Button(project.texts.plain("visit.button-wish-agree"), press("vwok", visit.id))
    stay = Button(project.texts.plain("visit.button-wish-decline"), press("vwno", visit.id))
    recipients = [one.recipient for one in found.acting(visit)]
    key = f"visit-wish:{visit.id}:{now.isoformat()}"
    return await project.tell(
        tx, recipients, key, "visit.told-wish", now, ((move,), (stay,)), one=found.seen(visit), wish=visit.wish
    )


async def tell_submitted(
    tx: Transaction, project: Project, curator_id: int, name: str, count: int, now: datetime
) -> int:
    """The coordinators hear that a schedule waits for them; one that was not read yet is told anew."""
    await outbox_rows.take_back(tx, f"schedule:{curator_id}:")
    look = Button(project.texts.plain("visit.button-look-schedule"), press("vappr", curator_id))
    key = f"schedule:{curator_id}:{now.isoformat()}"
    return await project.tell_coordinators(tx, key, "visit.told-submitted", now, ((look,),), name=name, count=count)


async def tell_reviewers(
    tx: Transaction, project: Project, found: Sight, one: SeenVisit, now: datetime, *, again: bool
) -> int:
    """Whoever reviews reports hears that one waits."""
    addresses = found.reviewing()
    people = await with_duty(tx, project, now, lambda _, duty: duty.address in addresses)
    look = Button(project.texts.plain("visit.button-look-report"), press("vrev", one.id))
    await take_back_report(tx, one.id)
    key = f"visit-report:{one.id}:{now.isoformat()}"
    recipients = [recipient for recipient, _ in people]
    return await project.tell(tx, recipients, key, "visit.told-report", now, ((look,),), one=one, again=again)


async def take_back_report(tx: Transaction, visit_id: int) -> None:
    """What waits to be said to reviewers of a report is not true any more."""
    await outbox_rows.take_back(tx, f"visit-report:{visit_id}:")


async def forget_asked(tx: Transaction, found: Sight, visit: Visit) -> None:
    """That another day is asked for of a visit is not true any more: whoever has not heard of it yet need not."""
    await outbox_rows.take_back(tx, f"visit-wish:{visit.id}:")
    if not any(one.waits and one.curator_id == visit.curator_id and one.id != visit.id for one in found.visits):
        await outbox_rows.take_back(tx, f"schedule:{visit.curator_id}:")


async def forget_evening(tx: Transaction, visits: Iterable[int]) -> None:
    """«Как прошёл визит?» that waits to be sent is not asked any more."""
    for one in visits:
        await outbox_rows.take_back(tx, evening_key(one))


def evening_key(visit_id: int) -> str:
    """How the keys begin under which a visit is asked about in the evening."""
    return f"visit-how:{visit_id}:"
