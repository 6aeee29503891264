"""What a school promised in a visit: done, opened again, taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.registry import existing, school_for
from actions.school_listeners import Asked, school_listeners, with_duty
from domain.access import Right, may_for, reach, require
from domain.audit import Deed
from domain.button import Button, press
from domain.outbox import Recipient
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import Registry, School
from domain.visit import AgreedAction
from storage import agreed as agreed_rows
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class AgreedCard:
    """One of them, and what whoever looks may do: ``hosts`` says it is done, ``plans`` says it is not, or drops it."""

    agreed: AgreedAction
    school: School
    today: date
    hosts: bool
    plans: bool
    zone: ZoneInfo


class AgreedActions:
    """Use cases of schools and their curators."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def of_school(self, school_id: int, *, by: Member, now: datetime) -> list[AgreedCard]:
        """Everything that a school promised, what is open first."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
            school_for(registry, school_id, by, Right.SEE_VISITS)
            found = await agreed_rows.of_schools(tx, [school_id])
        cards = [self._card(registry, one, by, now) for one in found]
        return sorted(cards, key=lambda card: (not card.agreed.is_open, card.agreed.until))

    async def card(self, agreed_id: int, *, by: Member, now: datetime) -> AgreedCard:
        """One of them."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            return await self._one(tx, agreed_id, by, Right.SEE_VISITS, now)

    async def to_drop(self, agreed_id: int, *, by: Member, now: datetime) -> AgreedCard:
        """The same for whoever is about to take it back."""
        require(by, Right.VISIT)
        async with self._database.read() as tx:
            return await self._one(tx, agreed_id, by, Right.VISIT, now)

    async def done(self, agreed_id: int, *, by: Member, now: datetime) -> AgreedCard:
        """«Сделано»: the curators hear of it, no reminder comes any more. Twice is once."""
        by_id = require(by, Right.HOST_VISITS)
        async with self._database.transaction() as tx:
            card = await self._one(tx, agreed_id, by, Right.HOST_VISITS, now)
            if card.agreed.is_open:
                await agreed_rows.set_done(tx, agreed_id, by_id, now)
                await self._written(tx, card, Deed.AGREED_DONE, by_id, now)
                curators = await with_duty(tx, self._project, now, _curates(card.school))
                await self._tell(tx, [one for one, _ in curators], card, "done", now)
            return await self._one(tx, agreed_id, by, Right.HOST_VISITS, now)

    async def open_again(self, agreed_id: int, *, by: Member, now: datetime) -> AgreedCard:
        """«Не сделано»: the school hears of it. Twice is once."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            card = await self._one(tx, agreed_id, by, Right.VISIT, now)
            if card.agreed.done_at is not None and card.agreed.dropped_at is None:
                await agreed_rows.set_done(tx, agreed_id, None, None)
                await self._written(tx, card, Deed.AGREED_OPENED, by_id, now)
                await self._tell(tx, await self._listeners(tx, card, now), card, "opened", now)
            return await self._one(tx, agreed_id, by, Right.VISIT, now)

    async def drop(self, agreed_id: int, *, by: Member, now: datetime) -> AgreedCard:
        """«Снять» what is open: it is not asked for any more; the school hears of it. Twice is once."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            card = await self._one(tx, agreed_id, by, Right.VISIT, now)
            if card.agreed.is_open:
                await agreed_rows.drop(tx, agreed_id, now)
                await self._written(tx, card, Deed.AGREED_DROPPED, by_id, now)
                await self._tell(tx, await self._listeners(tx, card, now), card, "dropped", now)
            return await self._one(tx, agreed_id, by, Right.VISIT, now)

    async def _one(self, tx: Transaction, agreed_id: int, by: Member, right: Right, now: datetime) -> AgreedCard:
        agreed = await agreed_rows.get(tx, agreed_id)
        if agreed is None:
            raise Refusal("agreed.gone" if reach(by, right).everything else "access.refused")
        registry = await registry_rows.registry(tx)
        school_for(registry, agreed.school_id, by, right)
        return self._card(registry, agreed, by, now)

    def _card(self, registry: Registry, agreed: AgreedAction, by: Member, now: datetime) -> AgreedCard:
        school = existing(registry.school(agreed.school_id), "school.gone")
        hosts, plans = (may_for(by, right, school) for right in (Right.HOST_VISITS, Right.VISIT))
        return AgreedCard(agreed, school, self._project.today(now), hosts, plans, self._project.zone)

    async def _written(self, tx: Transaction, card: AgreedCard, deed: Deed, by: int, now: datetime) -> None:
        """Its reminders of today are composed anew."""
        about = {"agreed": card.agreed.id, "school": card.school.id}
        await audit_rows.record(tx, now, by, deed, **about)
        await outbox_rows.take_back(tx, f"agreed:{card.agreed.id}:")
        await outbox_rows.withdraw_days(tx)

    async def _listeners(self, tx: Transaction, card: AgreedCard, now: datetime) -> list[Recipient]:
        return await school_listeners(tx, self._project, card.school.id, now)

    async def _tell(
        self, tx: Transaction, recipients: list[Recipient], card: AgreedCard, what: str, now: datetime
    ) -> None:
        look = Button(self._project.texts.plain("agreed.button-open"), press("agreed", card.agreed.id))
        buttons = () if what == "dropped" else ((look,),)
        key = f"agreed:{card.agreed.id}:{what}:{now.isoformat()}"
        await self._project.tell(tx, recipients, key, f"agreed.told-{what}", now, buttons, card=card)


def _curates(school: School) -> Asked:
    return lambda _, duty: duty.role is Role.CURATOR and duty.school_id == school.id
