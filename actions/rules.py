"""What the coordinator sets in the chat: the numbers of the notices and the region's special days."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.deadline import DeadlineError, DeadlineKind, parse_deadline
from domain.notice_rules import RuleError, Rules
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import setting as setting_rows
from storage.database import Database, Transaction
from storage.setting import SpecialDay


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """The rules as they are and as they were shipped, and the special days."""

    rules: Rules
    default: Rules
    special_days: tuple[SpecialDay, ...]


class NoticeRules:
    """Use cases of the settings. A change touches only what is not sent yet."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, *, by: Member) -> RuleSheet:
        """Everything that can be set."""
        require(by, Right.CHANGE_RULES)
        async with self._database.read() as tx:
            return await self._all(tx)

    async def change_rule(self, name: str, text: str | None, *, by: Member, now: datetime) -> RuleSheet:
        """Set one number; ``None`` brings the default back. Raises ``Refusal`` that says what to type instead."""
        by_id = require(by, Right.CHANGE_RULES)
        if name not in Rules.names():
            raise Refusal("rules.unknown")
        async with self._database.transaction() as tx:
            rules = (await self._all(tx)).rules
            try:
                changed = rules.changed(name, Rules().text_of(name) if text is None else text)
            except RuleError as error:
                raise Refusal(error.reason) from error
            value = changed.text_of(name)
            await setting_rows.save_rule(tx, name, None if text is None else value)
            if changed != rules:
                await audit_rows.record(tx, now, by_id, Deed.RULE_CHANGED, rule=name, value=value)
            await outbox_rows.withdraw_days(tx)
            return await self._all(tx)

    async def add_special_day(self, text: str, *, working: bool, by: Member, now: datetime) -> RuleSheet:
        """Say of one day («9 мая 2023», the rest of the line is a note) whether it is working in this region.

        Without a year it is the present one's.
        """
        by_id = require(by, Right.CHANGE_RULES)
        day_text, _, note = text.partition(",")
        try:
            deadline = parse_deadline(day_text, year=self._project.today(now).year)
        except DeadlineError as error:
            raise Refusal(error.reason.value, fragment=error.fragment) from error
        if deadline.kind is not DeadlineKind.ON or deadline.end is None:
            raise Refusal("roadmap.one-day-please")
        async with self._database.transaction() as tx:
            special = SpecialDay(deadline.end, working, note.strip()[:200])
            if special not in await setting_rows.special_days(tx):
                day = special.day.isoformat()
                await audit_rows.record(tx, now, by_id, Deed.SPECIAL_DAY_ADDED, day=day, working=int(working))
            await setting_rows.save_special_day(tx, special)
            await outbox_rows.withdraw_days(tx)
            return await self._all(tx)

    async def forget_special_day(self, day: date, *, by: Member, now: datetime) -> RuleSheet:
        """The official calendar holds again for that day; where it did before nothing changes."""
        by_id = require(by, Right.CHANGE_RULES)
        async with self._database.transaction() as tx:
            if await setting_rows.forget_special_day(tx, day):
                await audit_rows.record(tx, now, by_id, Deed.SPECIAL_DAY_FORGOTTEN, day=day.isoformat())
            await outbox_rows.withdraw_days(tx)
            return await self._all(tx)

    async def _all(self, tx: Transaction) -> RuleSheet:
        rules = Rules.stored(await setting_rows.rules(tx))
        return RuleSheet(rules, Rules(), await setting_rows.special_days(tx))
