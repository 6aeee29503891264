"""Surveys, who should answer them, and what was said of them to whom."""

import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, tuple_, update

from domain.form import Form
from domain.form_file import form_data, form_of
from domain.outbox import OutboxState
from domain.people import Role
from domain.progress import Surveyed
from domain.survey import Ask, Audience, Party, Respondent, Survey
from storage import tables as t
from storage.database import Transaction, new_id

log = logging.getLogger(__name__)

_c, _p, _s = t.survey.c, t.survey_part.c, t.survey_said.c
# Composed once: both stand behind every press of whoever answers.
_SURVEY = select(t.survey).where(_c.id == bindparam("of_survey"))
_PART = select(t.survey_part).where(
    _p.survey_id == bindparam("of_survey"),
    _p.party == bindparam("of_party"),
    _p.respondent_id == bindparam("of_respondent"),
)
_TOLD = (OutboxState.PLANNED, OutboxState.SENDING, OutboxState.SENT)


@dataclass(frozen=True, slots=True)
class Part:
    """That somebody should answer. ``answered_on`` and ``left_on`` are local days."""

    respondent: Respondent
    since: date
    answered_on: date | None = None
    left_on: date | None = None


async def add(tx: Transaction, survey: Survey, by: int | None, now: datetime) -> Survey:
    """A new survey; returned with its id."""
    made = new_id(await tx.execute(insert(t.survey).values(made_by=by, made_at=now, **_values(survey))))
    found = await get(tx, made)
    assert found is not None  # noqa: S101  it was just written
    return found


async def change(tx: Transaction, survey: Survey) -> None:
    """This is how it is from now on."""
    await tx.execute(update(t.survey).where(_c.id == survey.id).values(**_values(survey)))


async def get(tx: Transaction, survey_id: int) -> Survey | None:
    """The survey of that id."""
    row = (await tx.execute(_SURVEY, {"of_survey": survey_id})).first()
    return None if row is None else _survey(row)


async def all_surveys(tx: Transaction, *which: ColumnElement[bool]) -> list[Survey]:
    """Every survey, the oldest first; one that cannot be read is told in the log and never stops the others."""
    rows = await tx.execute(select(t.survey).where(*which).order_by(_c.id))
    return [one for row in rows if (one := _readable(row)) is not None]


def _readable(row: Any) -> Survey | None:
    try:
        return _survey(row)
    except (KeyError, TypeError, ValueError):
        log.exception("survey %s cannot be read", row.id)
        return None


async def alive(tx: Transaction) -> list[Survey]:
    """Those that are neither drafts nor cancelled."""
    return await all_surveys(tx, _c.cancelled_at.is_(None), ~_c.is_draft)


async def of_items(tx: Transaction, items: Collection[int]) -> dict[int, Survey]:
    """Item id → its survey, the latest where there are several; without cancelled ones."""
    found = await all_surveys(tx, _c.item_id.in_(list(items)), _c.cancelled_at.is_(None))
    return {one.item_id: one for one in found if one.item_id is not None}


async def surveyed(tx: Transaction, items: Collection[int] | None = None) -> dict[int, Surveyed]:
    """Item id → its survey, and who has still to answer it: nobody after its end, unless late answers are taken."""
    query = (
        select(
            *(_c.id, _c.item_id, _c.opened_at, _c.ended_at, (_c.takes_late & ~_c.anonymous).label("takes_late")),
            *(_p.party, _p.respondent_id),
        )
        .outerjoin(t.survey_part, and_(_p.survey_id == _c.id, _p.answered_on.is_(None), _p.left_on.is_(None)))
        .where(_c.item_id.is_not(None), _c.cancelled_at.is_(None), ~_c.is_draft)
        .order_by(_c.id)
    )
    if items is not None:
        query = query.where(_c.item_id.in_(list(items)))
    found: dict[int, tuple[int, bool, set[Respondent]]] = {}
    for row in await tx.execute(query):
        if found.get(row.item_id, (None,))[0] != row.id:
            found[row.item_id] = (row.id, row.opened_at is not None, set())
        if row.party is not None and (row.ended_at is None or row.takes_late):
            found[row.item_id][2].add(Respondent(Party(row.party), row.respondent_id))
    return {item: Surveyed(one, begun, frozenset(waiting)) for item, (one, begun, waiting) in found.items()}


async def parts(tx: Transaction, survey_id: int) -> list[Part]:
    """Everybody who should answer or should have, those who left as well."""
    rows = await tx.execute(select(t.survey_part).where(_p.survey_id == survey_id))
    return [_part(row) for row in rows]


async def part(tx: Transaction, survey_id: int, respondent: Respondent) -> Part | None:
    """One of them."""
    asked = {"of_survey": survey_id, "of_party": respondent.party, "of_respondent": respondent.id}
    row = (await tx.execute(_PART, asked)).first()
    return None if row is None else _part(row)


async def waiting_for(tx: Transaction, respondents: Iterable[Respondent]) -> list[Survey]:
    """The surveys that were opened, run, and wait for one of these."""
    own = [(one.party, one.id) for one in respondents]
    query = (
        select(t.survey)
        .where(_c.opened_at.is_not(None), _c.ended_at.is_(None), _c.cancelled_at.is_(None))
        .where(
            _c.id.in_(
                select(_p.survey_id).where(
                    tuple_(_p.party, _p.respondent_id).in_(own), _p.answered_on.is_(None), _p.left_on.is_(None)
                )
            )
        )
        .order_by(_c.id)
    )
    return [_survey(row) for row in await tx.execute(query)]


async def people_waited_for(tx: Transaction) -> set[int]:
    """Everybody whose own answer an open survey waits for."""
    query = (
        select(_p.respondent_id)
        .join(t.survey, _c.id == _p.survey_id)
        .where(_c.opened_at.is_not(None), _c.ended_at.is_(None), _c.cancelled_at.is_(None))
        .where(_p.party == Party.PERSON, _p.answered_on.is_(None), _p.left_on.is_(None))
    )
    return set(await tx.scalars(query.distinct()))


async def ask(tx: Transaction, survey_id: int, respondents: Iterable[Respondent], today: date) -> None:
    """These should answer from now on; whoever had left is back."""
    for one in respondents:
        back = update(t.survey_part).where(*_is(survey_id, one)).values(left_on=None)
        if (await tx.execute(back)).rowcount == 0:
            values = {"survey_id": survey_id, "party": one.party, "respondent_id": one.id}
            await tx.execute(insert(t.survey_part).values(since=today, **values))


async def leave(tx: Transaction, survey_id: int, respondents: Iterable[Respondent], today: date) -> None:
    """These should not answer any more."""
    for one in respondents:
        await tx.execute(update(t.survey_part).where(*_is(survey_id, one)).values(left_on=today))


async def answered(tx: Transaction, survey_id: int, respondent: Respondent, today: date) -> bool:
    """The respondent has answered; false where they had before, or are not asked."""
    query = update(t.survey_part).where(*_is(survey_id, respondent), _p.answered_on.is_(None))
    return (await tx.execute(query.values(answered_on=today))).rowcount > 0


async def told_about(tx: Transaction, item_id: int) -> set[int]:
    """The people who were asked to answer an item's survey, by messages that went or are on their way."""
    box = t.outbox.c
    query = (
        select(_s.person_id)
        .join(t.survey, _c.id == _s.survey_id)
        .join(t.outbox, box.id == _s.outbox_id)
        .where(_c.item_id == item_id, box.state.in_(_TOLD))
    )
    return set(await tx.scalars(query.distinct()))


async def said(tx: Transaction, outbox_id: int, survey_id: int, person_id: int, what: Ask, today: date) -> None:
    """A message asked somebody to answer."""
    values = {"outbox_id": outbox_id, "survey_id": survey_id, "person_id": person_id, "ask": what, "said_on": today}
    await tx.execute(insert(t.survey_said).values(**values))


async def times_said(tx: Transaction, surveys: Collection[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """Survey id → person id → (how often they were invited, reminded) by messages that went or are on their way."""
    box = t.outbox.c
    query = (
        select(_s.survey_id, _s.person_id, _s.ask, func.count().label("times"))
        .join(t.outbox, box.id == _s.outbox_id)
        .where(_s.survey_id.in_(list(surveys)), box.state.in_(_TOLD))
        .group_by(_s.survey_id, _s.person_id, _s.ask)
    )
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in await tx.execute(query):
        invited, reminded = found[row.survey_id].get(row.person_id, (0, 0))
        is_invitation = row.ask == Ask.INVITE
        invited, reminded = invited + row.times * is_invitation, reminded + row.times * (not is_invitation)
        found[row.survey_id][row.person_id] = (invited, reminded)
    return found


def _is(survey_id: int, respondent: Respondent) -> tuple[ColumnElement[bool], ...]:
    return _p.survey_id == survey_id, _p.party == respondent.party, _p.respondent_id == respondent.id


def _part(row: Any) -> Part:
    return Part(Respondent(Party(row.party), row.respondent_id), row.since, row.answered_on, row.left_on)


_AS_IT_IS = (
    *("item_id", "title", "opens", "closes", "per_school", "anonymous", "link", "code", "target", "takes_late"),
    *("reminders", "is_poll", "is_draft", "opened_at", "closed_at", "ended_at", "cancelled_at"),
)


def _values(survey: Survey) -> dict[str, Any]:
    same = {name: getattr(survey, name) for name in _AS_IT_IS}
    return same | {"form": form_text(survey.form), "audience": _audience_data(survey.audience)}


def _survey(row: Any) -> Survey:
    same = {name: getattr(row, name) for name in _AS_IT_IS}
    return Survey(row.id, form=_form(row.form), audience=_audience(row.audience), **same)


def form_text(form: Form) -> str:
    """A form as it is kept: JSON in the layout of a form's file."""
    return json.dumps(form_data(form), ensure_ascii=False)


@lru_cache(maxsize=200)
def _form(text: str) -> Form:
    """Read once: it stands behind every press of whoever answers."""
    return form_of(json.loads(text))


def _audience_data(audience: Audience) -> dict[str, list[Any]]:
    return {
        "roles": sorted(audience.roles),
        "schools": sorted(audience.schools),
        "municipalities": sorted(audience.municipalities),
        "people": sorted(audience.people),
    }


def _audience(data: Mapping[str, list[Any]]) -> Audience:
    ids = {name: frozenset(int(one) for one in data[name]) for name in ("schools", "municipalities", "people")}
    return Audience(roles=frozenset(Role(one) for one in data["roles"]), **ids)
