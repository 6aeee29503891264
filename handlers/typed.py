"""Answers that are typed: which of them is expected is the chat's state; a command always comes first."""

from aiogram import Router

from handlers.awaiting import Awaiting
from handlers.correction import typed_field, typed_reason
from handlers.item import close_with_note
from handlers.rules import typed_rule, typed_special_day
from handlers.where import is_answer


def setup() -> Router:
    """After every command, before the fallback."""
    router = Router(name="typed")
    for answer, expected in (
        (typed_field, Awaiting.field),
        (typed_reason, Awaiting.reason),
        (close_with_note, Awaiting.note),
        (typed_rule, Awaiting.rule),
        (typed_special_day, Awaiting.special_day),
    ):
        router.message.register(answer, expected, is_answer)
    return router
