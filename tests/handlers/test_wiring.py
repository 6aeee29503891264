"""aiogram finds out only when an update arrives that nobody provides a parameter; this finds out before."""

import inspect

from aiogram import Router

from bot.dispatcher import build_dispatcher
from tests.handlers.desk import Desk

AIOGRAM = {"event", "bot", "state", "command", "callback_data", "event_update"}
FEATURES = {"message", "callback_query", "my_chat_member"}


def handlers(router: Router) -> list[tuple[str, str, set[str]]]:
    """(kind of update, handler, the names of its parameters but the first)."""
    own = [
        (kind, handler.callback.__qualname__, set(list(inspect.signature(handler.callback).parameters)[1:]))
        for kind, observer in router.observers.items()
        if kind != "update"  # aiogram's own
        for handler in observer.handlers
    ]
    return own + [one for child in router.sub_routers for one in handlers(child)]


async def test_every_parameter_of_every_handler_is_provided(desk: Desk) -> None:
    dispatcher = build_dispatcher(desk.app.core, desk.app.clock)
    given = AIOGRAM | {"member"} | set(dispatcher.workflow_data)
    found = handlers(dispatcher)
    assert [(name, missing) for _, name, asked in found if (missing := asked - given)] == []
    assert {kind for kind, _, _ in found} == FEATURES | {"error"}


async def test_only_updates_that_somebody_handles_are_asked_for(desk: Desk) -> None:
    assert set(desk.app.dispatcher.resolve_used_update_types()) == FEATURES
