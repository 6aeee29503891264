"""Inside a transaction: the surveys that items begin with."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from domain.form import Form
from domain.roadmap import KeptRoadmap, ShippedSurvey
from domain.roadmap_file import Defect, RoadmapFileError
from domain.survey import Audience, Survey
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Transaction
from storage.shipped_form import shipped_form, shipped_forms


async def lay_surveys(tx: Transaction, roadmap_id: int, named: Collection[ShippedSurvey], now: datetime) -> int:
    """Each item that the file names begins with its survey, once: one that is there, or was cancelled, is the
    coordinator's to keep. Returns how many are new.

    Raises ``RoadmapFileError`` for a form that does not come with the product.
    """
    refuse_unknown_forms(named)
    kept = await roadmap_rows.get_roadmap(tx, roadmap_id) if named else None
    if kept is None:
        return 0
    taken, items = await _taken(tx), {one.item.number: one for one in kept.items}
    new = [(one, items[one.item]) for one in named if items[one.item].id not in taken]
    for one, item in new:
        survey = _shipped(one, shipped_form(one.form), item.item.short_title)
        await survey_rows.add(tx, replace(survey, item_id=item.id), None, now)
    return len(new)


def refuse_unknown_forms(named: Iterable[ShippedSurvey]) -> None:
    """Raise ``RoadmapFileError`` for every survey whose form does not come with the product."""
    allowed = shipped_forms()
    unknown = [(place, one.form) for place, one in enumerate(named, 1) if one.form not in allowed]
    if unknown:
        details = [(place, {"value": form, "allowed": ", ".join(allowed)}) for place, form in unknown]
        defects = (Defect(None, f"surveys[{place}].form", "roadmap_file.unknown-form", one) for place, one in details)
        raise RoadmapFileError(tuple(defects))


async def carry_surveys(tx: Transaction, old: KeptRoadmap, new_id: int, by: int, now: datetime) -> None:
    """The surveys of a year's items for the same items of another: as they are kept, to be asked anew."""
    new = await roadmap_rows.get_roadmap(tx, new_id)
    items = {one.item.number: one for one in new.items} if new is not None else {}
    there = await survey_rows.of_items(tx, [one.id for one in old.items])
    for item in old.items:
        survey, heir = there.get(item.id), items.get(item.item.number)
        if survey is not None and heir is not None:
            await survey_rows.add(tx, anew(survey, item_id=heir.id), by, now)


def anew(survey: Survey, *, item_id: int | None = None, is_draft: bool = False) -> Survey:
    """The same survey as nobody was asked it yet, without days of its own."""
    return replace(
        survey,
        id=0,
        item_id=item_id,
        is_draft=is_draft,
        opens=None,
        closes=None,
        opened_at=None,
        closed_at=None,
        ended_at=None,
        cancelled_at=None,
    )


async def _taken(tx: Transaction) -> set[int]:
    """The items that have, or had, a survey."""
    return {one.item_id for one in await survey_rows.all_surveys(tx) if one.item_id is not None}


def _shipped(named: ShippedSurvey, form: Form, title: str) -> Survey:
    return Survey(
        id=0,
        title=title,
        form=form,
        audience=Audience(roles=named.audience),
        per_school=named.per_school,
        anonymous=named.anonymous,
        target=named.target,
    )
