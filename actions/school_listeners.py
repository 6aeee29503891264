"""Inside a transaction: who hears of something that happened in a school."""

from collections.abc import Callable
from datetime import datetime

from actions.project import Project
from domain.outbox import Recipient
from domain.people import Duty, Role
from storage import people as people_rows
from storage.database import Transaction

Asked = Callable[[int, Duty], bool]
"""Whether somebody is asked by a duty: whose it is, and the duty."""


async def school_listeners(tx: Transaction, project: Project, school_id: int, now: datetime) -> list[Recipient]:
    """Whoever is responsible in a school, or the whole team where nobody is who could be written to."""
    team = await with_duty(tx, project, now, lambda _, duty: duty.role is Role.SCHOOL and duty.school_id == school_id)
    return [recipient for recipient, duty in team if duty.responsible] or [recipient for recipient, _ in team]


async def with_duty(tx: Transaction, project: Project, now: datetime, is_asked: Asked) -> list[tuple[Recipient, Duty]]:
    """Whoever may be written to today and is asked by a duty that rests on them, each once."""
    found: dict[str, tuple[Recipient, Duty]] = {}
    for person_id, bearer in (await people_rows.bearers(tx, project.today(now))).items():
        for duty in bearer.duties:
            if is_asked(duty.instead_of or person_id, duty):
                known = found.get(bearer.recipient.key)
                found[bearer.recipient.key] = known if known and known[1].responsible else (bearer.recipient, duty)
    return list(found.values())
