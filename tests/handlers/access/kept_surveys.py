"""The surveys of the region: one that runs, and what the coordinator has not launched yet, with a secret in it."""

from dataclasses import replace

from bot.core import Core
from domain.people import Member
from domain.survey_change import with_person
from domain.survey_poll import poll_form
from storage.shipped_form import shipped_form
from tests.handlers.opening import NOON

DRAFT = "Сердолик-черновик"
"""The title of a survey that nobody but coordinators knows of."""
RUNNING = 1
"""The shipped survey of item 16."""


async def surveys(core: Core, marina: Member, named: int) -> tuple[str, ...]:
    """The one of item 16 is open; a draft asks somebody by name; a poll is not sent yet. The ids."""
    await core.survey_course.run(NOON)
    form = replace(shipped_form("second-survey"), title=DRAFT)
    draft = (await core.survey_keeping.make(form, by=marina, now=NOON)).survey.id
    await core.survey_keeping.ask(
        draft, lambda audience, registry: with_person(audience, registry, named, on=True), by=marina, now=NOON
    )
    poll = await core.survey_keeping.make(poll_form(f"{DRAFT}?"), is_poll=True, by=marina, now=NOON)
    return str(RUNNING), str(draft), str(poll.survey.id)
