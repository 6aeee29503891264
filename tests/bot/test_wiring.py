"""Everything a handler names is given to it, and every button that is made leads somewhere."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.filters.command import Command

from bot.clock import now
from bot.core import Core
from bot.dispatcher import build_dispatcher
from handlers import presses
from handlers.home import SECTIONS
from handlers.presses.menu import Go

ROOT = Path(__file__).parent.parent.parent
AIOGRAM_GIVES = {
    "bot",
    "event_from_user",
    "event_chat",
    "event_update",
    "event_router",
    "state",
    "raw_state",
    "handler",
}
BY_ACTOR = {"member"}


@pytest.fixture
def dispatcher(core: Core) -> Dispatcher:
    return build_dispatcher(core, now)


def handlers_of(dispatcher: Dispatcher) -> Iterator[tuple[str, str, HandlerObject]]:
    """(router, kind of update, handler) of everything that is registered."""
    for router in _all_routers(dispatcher):
        for kind, observer in router.observers.items():
            for handler in observer.handlers:
                if handler.callback.__module__.startswith("handlers"):
                    yield router.name, kind, handler


def _all_routers(router: Router) -> Iterator[Router]:
    yield router
    for one in router.sub_routers:
        yield from _all_routers(one)


def given_by_filters(handler: HandlerObject) -> set[str]:
    found = set()
    for one in handler.filters or ():
        if isinstance(one.callback, CallbackQueryFilter):
            found.add("callback_data")
        if isinstance(one.callback, Command):
            found.add("command")
    return found


def parameters(callback: Callable[..., Any]) -> list[inspect.Parameter]:
    """All but the first, which is the event itself."""
    return list(inspect.signature(callback).parameters.values())[1:]


def test_there_are_handlers_to_look_at(dispatcher: Dispatcher) -> None:
    found = list(handlers_of(dispatcher))
    assert len(found) > 40
    assert {kind for _, kind, _ in found} == {"message", "callback_query", "my_chat_member"}


def test_every_parameter_of_every_handler_is_provided(dispatcher: Dispatcher) -> None:
    everywhere = set(dispatcher.workflow_data) | AIOGRAM_GIVES | BY_ACTOR
    missing = [
        f"{router}: {handler.callback.__name__}({one.name})"
        for router, _, handler in handlers_of(dispatcher)
        for one in parameters(handler.callback)
        if one.default is one.empty and one.name not in everywhere | given_by_filters(handler)
    ]
    assert missing == []


def test_every_parameter_is_of_the_type_that_is_provided(dispatcher: Dispatcher) -> None:
    wrong = [
        f"{router}: {handler.callback.__name__}({name})"
        for router, _, handler in handlers_of(dispatcher)
        for name, kind in get_type_hints(handler.callback).items()
        if name in dispatcher.workflow_data and inspect.isclass(kind)
        if not isinstance(dispatcher.workflow_data[name], kind)
    ]
    assert wrong == []


def test_callback_data_of_every_handler_is_the_type_that_its_filter_unpacks(dispatcher: Dispatcher) -> None:
    for _, _, handler in handlers_of(dispatcher):
        unpacked = {
            f.callback.callback_data for f in handler.filters or () if isinstance(f.callback, CallbackQueryFilter)
        }
        wanted = get_type_hints(handler.callback).get("callback_data")
        assert wanted is None or unpacked == {wanted}, handler.callback.__name__


def test_parameters_of_filters_are_provided_too(dispatcher: Dispatcher) -> None:
    everywhere = set(dispatcher.workflow_data) | AIOGRAM_GIVES | BY_ACTOR
    for router, _, handler in handlers_of(dispatcher):
        for one in handler.filters or ():
            if inspect.isfunction(one.callback) and one.callback.__module__.startswith("handlers"):
                assert {name.name for name in parameters(one.callback)} <= everywhere, (router, one.callback.__name__)


# --- Buttons


def _kinds() -> list[type[CallbackData]]:
    """Every kind of press of every feature."""
    modules = [
        importlib.import_module(f"handlers.presses.{one.name}") for one in pkgutil.iter_modules(presses.__path__)
    ]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, CallbackData) and kind is not CallbackData
    ]


KINDS: dict[str, type[CallbackData]] = {kind.__prefix__: kind for kind in _kinds()}


def calls() -> Iterator[tuple[str, str, list[ast.expr]]]:
    """(place, prefix, values) of every ``press("x", …)`` in the rooms that make buttons."""
    for room in ("actions", "handlers", "bot", "rehearsal"):
        for path in sorted((ROOT / room).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "press":
                    assert isinstance(node.args[0], ast.Constant), (
                        f"{module}:{node.lineno}: the prefix is not a literal"
                    )
                    yield f"{module}:{node.lineno}", str(node.args[0].value), node.args[1:]


def _values(node: ast.expr, module: str) -> int:
    if not isinstance(node, ast.Starred):
        return 1
    assert isinstance(node.value, ast.Name)
    return len(getattr(importlib.import_module(module), node.value.id))


def test_every_button_has_a_known_prefix_and_as_many_values_as_it_has_fields() -> None:
    found = [
        (place, prefix, sum(_values(one, place.partition(":")[0]) for one in values))
        for place, prefix, values in calls()
    ]
    assert len(found) > 30
    wrong = [one for one in found if one[1] not in KINDS or len(KINDS[one[1]].model_fields) != one[2]]
    assert wrong == []


def test_every_kind_of_button_is_answered_by_a_handler_of_its_own(dispatcher: Dispatcher) -> None:
    answered = {
        one.callback.callback_data
        for _, kind, handler in handlers_of(dispatcher)
        for one in handler.filters or ()
        if isinstance(one.callback, CallbackQueryFilter)
    }
    assert answered == set(KINDS.values())


def test_prefixes_are_different_and_separators_agree() -> None:
    assert len(KINDS) == len(_kinds())
    assert {kind.__separator__ for kind in KINDS.values()} == {":"}


def test_sections_of_the_menu_all_lead_somewhere(dispatcher: Dispatcher) -> None:
    """``press("go", name)`` is matched by value: each name the sources use has a handler that takes it."""
    named = {name for rows in SECTIONS for row in rows for name in row} - {"put-off"}
    named |= {
        str(values[0].value) for _, prefix, values in calls() if prefix == "go" and isinstance(values[0], ast.Constant)
    }
    rules = [
        one.callback
        for _, _, handler in handlers_of(dispatcher)
        for one in handler.filters or ()
        if isinstance(one.callback, CallbackQueryFilter) and one.callback.callback_data is Go
    ]
    lost = [
        name
        for name in named
        if not any(rule.rule is not None and rule.rule.resolve(Go(section=name)) for rule in rules)
    ]
    assert lost == []
