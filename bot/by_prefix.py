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
        self._narrowed: dict[str, TelegramEventObserver] = {}

    async def trigger(self, event: TelegramObject, **kwargs: Any) -> Any:
        """The first handler whose filters let the press through."""
        prefix = (getattr(event, "data", None) or "").partition(":")[0]
        if prefix not in self._prefixes():
            prefix = ""
        return await TelegramEventObserver.trigger(self._narrowed[prefix], event, **kwargs)

    def _prefixes(self) -> dict[str, TelegramEventObserver]:
        if not self._narrowed:
            known = {"", *(one for handler in self.handlers if (one := _prefix(handler)) is not None)}
            for prefix in known:
                narrowed = copy(self)
                narrowed.handlers = [one for one in self.handlers if _prefix(one) in (None, prefix)]
                self._narrowed[prefix] = narrowed
        return self._narrowed


def by_prefix(router: Router) -> None:
    """Presses of this router go by their prefix; before anything is registered on it."""
    router.callback_query = router.observers["callback_query"] = PressObserver(router)


def _prefix(handler: HandlerObject) -> str | None:
    """Of the presses that a handler is for; ``None`` where it is for any."""
    for one in handler.filters or []:
        if isinstance(one.callback, CallbackQueryFilter):
            return one.callback.callback_data.__prefix__
    return None
