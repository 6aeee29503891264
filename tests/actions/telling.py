"""Telling of something held, by the engine of forms, an answer at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.form_sheet import Page, Said
from bot.core import Core
from channels.base import FileSource
from domain.evidence import SentFile
from domain.people import Member


@dataclass(frozen=True)
class Telling:
    """What somebody tells. ``place`` is for whoever may tell for several municipalities."""

    item: int
    day: date
    title: str
    link: str = ""
    place: int | None = None
    files: Sequence[SentFile] = ()
    source: FileSource | None = None


async def fills(core: Core, told: Telling, by: Member, now: datetime) -> Page:
    """All of it is answered; the summary."""
    ref = await core.happenings.begin(told.item, by=by, now=now)
    forms, who = core.forms, dict[str, Any](by=by, now=now)
    if told.place is not None:
        await forms.press(ref, "place", str(told.place), **who)
    for sent in told.files:
        assert told.source is not None
        await forms.add_file(ref, sent, told.source, **who)
    await forms.ask(ref, "day", **who)
    await forms.type(ref, f"{told.day:%d.%m.%Y}", **who)
    await forms.confirm(ref, "day", **who)
    await forms.ask(ref, "title", **who)
    await forms.type(ref, told.title, **who)
    await forms.ask(ref, "link", **who)
    await (forms.type(ref, told.link, **who) if told.link else forms.skip(ref, "link", **who))
    if not told.files:
        await forms.skip(ref, "files", **who)
    return await forms.open(ref, **who)


async def tells(core: Core, told: Telling, by: Member, now: datetime) -> Said:
    """All of it is answered and sent."""
    page = await fills(core, told, by, now)
    said = await core.forms.send(page.ref, by=by, now=now)
    assert isinstance(said, Said), said.question
    return said
