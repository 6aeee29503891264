"""The table of methods: aiogram's model of each, and what the world does when it is called."""

import re
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from aiogram import methods as aiogram_methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod

from rehearsal.accounts import BotAccount
from rehearsal.refusals import Json

if TYPE_CHECKING:
    from rehearsal.world import World

M = TypeVar("M", bound=TelegramMethod[Any])
Form = Literal["text", "id", "json"]
NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Call(Generic[M]):
    """One request: who asks whom for what. ``raw`` is what came, decoded; ``asked`` is aiogram's model of it."""

    world: "World"
    bot: BotAccount
    asked: M
    raw: Json
    uploads: dict[str, Upload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    model: type[TelegramMethod[Any]]
    run: Callable[[Call[Any]], object]
    forms: dict[str, Form]
    """How each parameter travels in a form: as it is, as a chat id, or as JSON."""


METHODS: dict[str, Method] = {}
"""By the name in lower case: the server does not look at the case."""

KNOWN_TO_AIOGRAM = {
    found.__api_method__.lower(): found.__api_method__
    for found in vars(aiogram_methods).values()
    if isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
}


def method(model: type[M]) -> Callable[[Callable[[Call[M]], object]], Callable[[Call[M]], object]]:
    """Register what the world does for a method of the Bot API."""

    def register(run: Callable[[Call[M]], object]) -> Callable[[Call[M]], object]:
        forms = {name: _form(info.annotation) for name, info in model.model_fields.items()}
        METHODS[model.__api_method__.lower()] = Method(model.__api_method__, model, run, forms)
        return run

    return register


def _form(annotation: object) -> Form:
    kinds = _members(annotation)
    if str not in kinds:
        return "json"
    return "id" if int in kinds else "text"


def _members(annotation: object) -> set[object]:
    if get_origin(annotation) in {Union, types.UnionType}:
        return set().union(*(_members(part) for part in get_args(annotation)))
    return {annotation}


def given(value: Any) -> Any:
    """A parameter's value, or None where it was left to aiogram's default, which the server knows nothing of."""
    return None if isinstance(value, Default) else value
