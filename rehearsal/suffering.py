"""Around the doing of a call: the trouble that was planned for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from rehearsal.faults import Fault, Met
from rehearsal.reading import Received
from rehearsal.refusals import RefusalError, too_many_requests
from rehearsal.world import World

POLL = "getupdates"


class CutError(ConnectionResetError):
    """The connection is to be broken without a word."""


@asynccontextmanager
async def suffering(world: World, name: str, came: Received) -> AsyncIterator[None]:
    """What is inside is done unless the trouble comes before it. Raises ``RefusalError`` or ``CutError``.

    ``name`` is in lower case. Long polls are never late: that would only hold up what people do.
    """
    fault = world.faults.take(name)
    if fault is not None:
        world.faults.note(_met(world, fault, name, came))
    try:
        if fault is not None:
            await _before(fault, 0.0 if world.faults.hurried else fault.seconds)
        yield
        if fault is not None and fault.kind == "drop_after":
            raise CutError("the answer is lost on demand")
    finally:
        if late := world.faults.late(name) * (name != POLL):
            await asyncio.sleep(late)
        for tell in world.on_call:
            tell(name)


async def _before(fault: Fault, seconds: float) -> None:
    match fault.kind:
        case "error":
            raise RefusalError(fault.code, HTTPStatus(fault.code).phrase)
        case "flood":
            raise too_many_requests(int(fault.seconds))
        case "drop":
            raise CutError("the rehearsal cut the connection on demand")
        case "silence":
            await asyncio.sleep(seconds)
            raise CutError("nothing was said, on demand")
        case "hang":
            await asyncio.sleep(seconds)


def _met(world: World, fault: Fault, name: str, came: Received) -> Met:
    chat = str(came.fields.get("chat_id", ""))
    text = str(came.fields.get("text") or came.fields.get("caption") or "")
    chat_id = int(chat) if chat.removeprefix("-").isdigit() else None
    return Met(world.clock(), fault.kind, name, chat_id, text, world.last_order)
