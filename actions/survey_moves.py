"""Inside a transaction: the end of a survey moved, and who hears of it."""

from dataclasses import replace
from datetime import date, datetime

from actions.correcting import correct_item
from actions.project import Project
from actions.survey_asking import asking, line_of
from actions.survey_look import Looked
from actions.survey_telling import enter_button
from domain.audit import Deed
from domain.correction import corrected
from domain.item_field import ItemField
from domain.survey import Ask
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Transaction


async def move_end(
    tx: Transaction, project: Project, looked: Looked, closes: date, *, person_id: int, now: datetime
) -> None:
    """This is its last day from now on, and it is open again where it was closed. Whoever was invited and has not
    answered hears «перенесено с … на …» once: of an item's window with the item, of its own by itself."""
    survey = replace(looked.survey, closed_at=None)
    of_item = survey.item_id is not None and survey.closes is None
    await survey_rows.change(tx, survey if of_item else replace(survey, closes=closes))
    if of_item and (looked.window is None or looked.window.closes != closes):
        await _move_item(tx, project, looked, closes, person_id, now)
    await outbox_rows.withdraw_days(tx)
    await tell_moved(tx, project, looked, closes, now)


async def _move_item(
    tx: Transaction, project: Project, looked: Looked, closes: date, person_id: int, now: datetime
) -> None:
    found = await roadmap_rows.get_item_of_roadmap(tx, looked.survey.item_id or 0)
    if found is None:
        return
    kept, roadmap = found
    start = kept.item.held_on or kept.item.deadline.start
    text = project.texts.plain("survey_keeping.deadline", start=start, closes=closes)
    item = corrected(kept.item, ItemField.DEADLINE, text, roadmap)
    why = project.texts.plain("survey_keeping.why-moved")
    if await correct_item(tx, project, found, ItemField.DEADLINE, item, why, person_id, now):
        await audit_rows.record(tx, now, person_id, Deed.ITEM_CORRECTED, item=kept.id, field=str(ItemField.DEADLINE))


async def tell_moved(tx: Transaction, project: Project, before: Looked, closes: date, now: datetime) -> None:
    """To whoever was invited and has not answered, unless they hear it of the item at this very moment."""
    survey = before.survey
    if survey.opened_at is None or before.window is None or before.window.closes == closes:
        return
    found = await asking(tx, project, now, survey.id)
    with_item = await outbox_rows.recipients_of(tx, f"moved:{survey.item_id}:{now.isoformat()}")
    for asked in found.surveys:
        for person_id, bearer in found.people.items():
            mine, (invited, _) = found.mine(person_id, asked), asked.said.get(person_id, (0, 0))
            if not mine or not invited or bearer.recipient.key in with_item:
                continue
            button = enter_button(project, line_of(asked, mine, Ask.REMIND))
            key, values = f"survey-moved:{survey.id}:{now.isoformat()}", {"looked": before, "closes": closes}
            await project.tell(tx, [bearer.recipient], key, "survey_keeping.moved", now, ((button,),), **values)
