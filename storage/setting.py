"""What the coordinator set in the chat: the numbers of the notices and single days of the calendar."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select

from storage import tables as t
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is working or not in this region, whatever the official calendar says."""

    day: date
    working: bool
    note: str


async def rules(tx: Transaction) -> dict[str, str]:
    """Rule name → the value as it was typed."""
    query = select(t.setting.c.name, t.setting.c.value)
    return {row.name: row.value for row in await tx.execute(query)}


async def save_rule(tx: Transaction, name: str, value: str | None) -> None:
    """Keep one rule; ``None`` brings the default back."""
    await tx.execute(delete(t.setting).where(t.setting.c.name == name))
    if value is not None:
        await tx.execute(insert(t.setting).values(name=name, value=value))


async def special_days(tx: Transaction) -> tuple[SpecialDay, ...]:
    """Every special day, the earliest first."""
    rows = await tx.execute(select(t.day_override).order_by(t.day_override.c.day))
    return tuple(SpecialDay(row.day, row.working, row.note) for row in rows)


async def save_special_day(tx: Transaction, special: SpecialDay) -> None:
    """Add a special day or replace what was said of it."""
    await forget_special_day(tx, special.day)
    await tx.execute(insert(t.day_override).values(day=special.day, working=special.working, note=special.note))


async def forget_special_day(tx: Transaction, day: date) -> bool:
    """The official calendar holds again for that day; false where it did already."""
    return (await tx.execute(delete(t.day_override).where(t.day_override.c.day == day))).rowcount > 0
