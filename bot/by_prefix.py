"""Which handlers a press may mean, by the prefix of its data: some 250 are not asked one after another."""

from copy import copy
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import TelegramObject


class PressObserver(TelegramEventObserver):
    """aiogram's own observer, looking only at the handlers of a press's prefix and at those of every press, in their
    order. The handlers are known once the first press comes."""

    def __init__(self, router: Router) -> None:
        super().__init__(router=router, event_name="callback_query")
        self._known: list[str | None] = []
        self._narrowed: dict[str, TelegramEventObserver] = {}

    async def trigger(self, event: TelegramObject, **kwargs: Any) -> Any:
        """The first handler whose filters let the press through."""
        prefix = (getattr(event, "data", None) or "").partition(":")[0]
        return await TelegramEventObserver.trigger(self._of(prefix), event, **kwargs)

    def _of(self, prefix: str) -> TelegramEventObserver:
        """Narrowed once it is asked for; a prefix that nobody knows is no prefix."""
        if not self._known:
            self._known = [_prefix(one) for one in self.handlers]
        prefix = prefix if prefix in self._known else ""
        if prefix not in self._narrowed:
            narrowed = self._narrowed[prefix] = copy(self)
            mine = zip(self._known, self.handlers, strict=True)
            narrowed.handlers = [handler for own, handler in mine if own in (None, prefix)]
        return self._narrowed[prefix]


def by_prefix(router: Router) -> None:
    """Presses of this router go by their prefix; before anything is registered on it."""
    router.callback_query = router.observers["callback_query"] = PressObserver(router)


def _prefix(handler: HandlerObject) -> str | None:
    """Of the presses that a handler is for; ``None`` where it is for any."""
    for one in handler.filters or []:
        if isinstance(one.callback, CallbackQueryFilter):
            return one.callback.callback_data.__prefix__
    return None
