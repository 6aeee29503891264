"""One call of the Bot API against the world, wherever it came from."""

import inspect
from typing import TYPE_CHECKING

from rehearsal.accounts import BotAccount
from rehearsal.methods import asking, changing, profile, sending, updating
from rehearsal.methods.decoding import checked, decoded
from rehearsal.methods.registry import KNOWN_TO_AIOGRAM, METHODS, Call
from rehearsal.reading import Received
from rehearsal.refusals import NOT_FOUND, RefusalError

if TYPE_CHECKING:
    from rehearsal.world import World

FEATURES = (asking, changing, profile, sending, updating)
"""Imported so that their methods are in the table."""


async def answer(world: "World", bot: BotAccount, name: str, received: Received) -> object:
    """The result of the method, or ``RefusalError``."""
    method = METHODS.get(name.lower())
    if method is None:
        if known := KNOWN_TO_AIOGRAM.get(name.lower()):
            world.complaints.append(f"{known} exists, but the rehearsal does not know it")
        raise RefusalError(*NOT_FOUND)
    world.calls[method.name] += 1
    raw = decoded(method, received.fields)
    for part in received.uploads:
        if part in method.forms:
            raw[part] = f"attach://{part}"
    asked = checked(world, method, raw)
    result = method.run(Call(world, bot, asked, raw, received.uploads))
    if inspect.isawaitable(result):
        result = await result
    if world.audit is not None:
        world.audit(method.name, raw, result)
    return result
