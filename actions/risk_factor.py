"""The list of risks, which the coordinator keeps, and the profile of each school."""

from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.registry import existing, school_for
from domain.access import Right, may_for, require
from domain.audit import Deed
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School, typed_name
from domain.risk_factor import RISK_LIMIT, RiskFactor, default_names, offered
from storage import audit as audit_rows
from storage import registry as registry_rows
from storage import risk_factor as risk_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Profile:
    """A school with the risks that can be ticked for it, and the ids of those that are. ``ticks`` is whether whoever
    looks may."""

    school: School
    factors: tuple[RiskFactor, ...]
    own: frozenset[int]
    ticks: bool

    @property
    def ticked(self) -> list[RiskFactor]:
        """The risks that the school works on."""
        return [one for one in self.factors if one.id in self.own]


class RiskFactors:
    """Use cases of the risks. The list of a new project is laid when somebody first looks at it."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def every(self, *, by: Member) -> list[RiskFactor]:
        """The list as it is offered now."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            return [one for one in await self._known(tx) if not one.has_ended]

    async def one(self, risk_id: int, *, by: Member) -> RiskFactor:
        """A risk of the list. Raises ``Refusal`` for one that has ended, or never was."""
        require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            return await self._listed(tx, risk_id)

    async def add(self, name: str, *, by: Member, now: datetime) -> int:
        """A further risk; one that had ended is back with the schools that have it. Raises ``Refusal`` where one of
        that name is in the list."""
        by_id = require(by, Right.KEEP_REGISTRY)
        name = typed_name(name, RISK_LIMIT)
        async with self._database.transaction() as tx:
            await self._known(tx)
            known = await risk_rows.named(tx, name)
            if known is not None and not known.has_ended:
                raise Refusal("risk_factor.known", name=known.name)
            risk_id = await risk_rows.add(tx, name)
            await audit_rows.record(tx, now, by_id, Deed.RISK_ADDED, risk=risk_id)
            return risk_id

    async def rename(self, risk_id: int, name: str, *, by: Member, now: datetime) -> None:
        """Call a risk otherwise. Raises ``Refusal`` where there is, or was, another of that name."""
        by_id = require(by, Right.KEEP_REGISTRY)
        name = typed_name(name, RISK_LIMIT)
        async with self._database.transaction() as tx:
            risk = await self._listed(tx, risk_id)
            if risk.name == name:
                return
            same = await risk_rows.named(tx, name)
            if same is not None and same.id != risk_id:
                raise Refusal("risk_factor.known", name=same.name)
            await risk_rows.rename(tx, risk_id, name)
            await audit_rows.record(tx, now, by_id, Deed.RISK_RENAMED, risk=risk_id)

    async def end(self, risk_id: int, *, by: Member, now: datetime) -> RiskFactor:
        """Offer a risk no more; schools that work on it keep it, and its programme."""
        by_id = require(by, Right.KEEP_REGISTRY)
        async with self._database.transaction() as tx:
            risk = await self._listed(tx, risk_id)
            await risk_rows.end(tx, risk_id, now)
            await audit_rows.record(tx, now, by_id, Deed.RISK_ENDED, risk=risk_id)
            return risk

    async def profile(self, school_id: int, *, by: Member) -> Profile:
        """The risks of a school. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        require(by, Right.SEE_SCHOOL)
        async with self._database.transaction() as tx:
            return await self._profile(tx, school_id, by, Right.SEE_SCHOOL)

    async def tick(self, school_id: int, risk_id: int, *, on: bool, by: Member, now: datetime) -> Profile:
        """Whether the school works on a risk. Its programme is kept when it does no more, and back when it does again.

        Said twice is said once. Raises ``Refusal`` as ``profile`` does, and for a risk that is not offered.
        """
        by_id = require(by, Right.TICK_RISKS)
        async with self._database.transaction() as tx:
            before = await self._profile(tx, school_id, by, Right.TICK_RISKS)
            if not any(one.id == risk_id for one in before.factors):
                raise Refusal("risk_factor.gone")
            if (risk_id in before.own) is on:
                return before
            if on:
                await risk_rows.tick(tx, school_id, risk_id)
            else:
                await risk_rows.untick(tx, school_id, risk_id)
            deed = Deed.RISK_TICKED if on else Deed.RISK_UNTICKED
            await audit_rows.record(tx, now, by_id, deed, school=school_id, risk=risk_id)
            return await self._profile(tx, school_id, by, Right.TICK_RISKS)

    async def _profile(self, tx: Transaction, school_id: int, by: Member, right: Right) -> Profile:
        school = school_for(await registry_rows.registry(tx), school_id, by, right)
        own = (await risk_rows.profiles(tx, [school_id])).get(school_id, set())
        factors = tuple(offered(await self._known(tx), own))
        return Profile(school, factors, frozenset(own), may_for(by, Right.TICK_RISKS, school))

    async def _listed(self, tx: Transaction, risk_id: int) -> RiskFactor:
        found = next((one for one in await self._known(tx) if one.id == risk_id and not one.has_ended), None)
        return existing(found, "risk_factor.gone")

    async def _known(self, tx: Transaction) -> list[RiskFactor]:
        """Every risk; the list a project begins with is laid where there is none."""
        known = await risk_rows.every(tx)
        if known:
            return known
        for name in default_names(self._project.texts.plain("risk_factor.defaults")):
            await risk_rows.add(tx, name)
        return await risk_rows.every(tx)
