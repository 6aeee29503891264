"""Saving a rehearsal to a file, opening a saved one, beginning anew."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from domain.roadmap_checks import YEARS
from rehearsal.journal import Beginning, Journal, JournalError, read_journal
from rehearsal.page.action import Action, NotDoneError
from rehearsal.refusals import Json
from rehearsal.region import check_size
from rehearsal.world import World


class Saving:
    """Keeps the journal of this rehearsal; what the page wants instead of it is waited for by ``wanted``."""

    def __init__(self, world: World, zone: ZoneInfo) -> None:
        self.world = world
        self.zone = zone
        self.journal = Journal(Beginning(at=world.clock()))
        self._wanted: asyncio.Queue[Journal] = asyncio.Queue()

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {"reopen": self.reopen, "restart": self.restart}

    async def wanted(self) -> Journal:
        """The rehearsal to be opened instead of this one."""
        return await self._wanted.get()

    async def saved(self, _request: web.Request) -> web.Response:
        """The file, named after the day of the rehearsal's clock."""
        now = self.world.clock()
        name = f"rehearsal-{now.astimezone(self.zone):%Y-%m-%d}.jsonl"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(text=self.journal.text(now), content_type="application/x-ndjson", headers=headers)

    async def reopen(self, asked: Json) -> Json:
        """``{"text": "..."}`` of a saved file."""
        try:
            self._wanted.put_nowait(read_journal(asked["text"]))
        except JournalError as error:
            raise NotDoneError("not-kept", line=error.line) from error
        return {}

    async def restart(self, asked: Json) -> Json:
        """``{"at": "2022-03-09T08:00", "people": 25, "schools": 8}``, the time being local."""
        people, schools, at = int(asked["people"]), int(asked["schools"]), datetime.fromisoformat(asked["at"])
        try:
            check_size(people, schools)
        except ValueError:
            raise NotDoneError("size") from None
        if not YEARS[0] <= at.year <= YEARS[1]:
            raise NotDoneError("day")
        self._wanted.put_nowait(Journal(Beginning(at=at.replace(tzinfo=self.zone), people=people, schools=schools)))
        return {}
