"""Inside a transaction: a school hears at once what was decided about its document."""

from datetime import datetime

from actions.project import Project
from actions.school_listeners import school_listeners
from domain.button import Button, press
from domain.document import Document, DocumentState, Line
from domain.registry import School
from storage import outbox as outbox_rows
from storage.database import Transaction


async def tell_judged(tx: Transaction, project: Project, school: School, line: Line, by: int, now: datetime) -> None:
    """It is accepted, or not after all; whoever had not heard the contrary yet hears nothing."""
    document, texts = line.document, project.texts
    unaware = await take_back(tx, document)
    listeners = await school_listeners(tx, project, school.id, now)
    recipients = [one for one in listeners if one.person_id not in (by, *unaware)]
    what = "accepted" if line.state is DocumentState.ACCEPTED else "not-accepted"
    slot, key = document.slot, f"{_key(document)}{now.isoformat()}"
    data = press("doc", slot.school_id, str(slot.kind), slot.risk_factor_id)
    buttons = ((Button(texts.plain("document.button-card"), data),),)
    await project.tell(tx, recipients, key, f"document.told-{what}", now, buttons, doc=line, school=school)


async def take_back(tx: Transaction, document: Document) -> set[int]:
    """What waits to be said of it is not true any more; returns who was still to hear it."""
    return await outbox_rows.take_back(tx, _key(document))


def _key(document: Document) -> str:
    return f"document:{document.id}:"
