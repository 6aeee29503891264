"""«Я из школы …» and the coordinator's queue."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class Join(CallbackData, prefix="join"):
    """«Я из школы …» of a stranger: a page of the municipalities, after the consent."""

    page: int


class JoinConsent(CallbackData, prefix="joinok"):
    """A stranger's «Согласен» and «Не согласен»."""

    given: bool


class JoinPlace(CallbackData, prefix="joinplace"):
    """A page of the schools of the stranger's municipality."""

    id: Id
    page: int


class JoinSchool(CallbackData, prefix="joinschool"):
    """The stranger's school."""

    id: Id


class JoinSkip(CallbackData, prefix="joinskip"):
    """A request without a position."""


class JoinSend(CallbackData, prefix="joinsend"):
    """«Отправить заявку»."""


class JoinWithdraw(CallbackData, prefix="joinback"):
    """«Отозвать заявку»."""


class OpenRequest(CallbackData, prefix="request"):
    """A request in the coordinator's queue."""

    id: Id


class LetIn(CallbackData, prefix="letin"):
    """«Это …» with the person's id, «Принять как нового» with 0."""

    id: Id
    person: IdOrNone


class DeclineRequest(CallbackData, prefix="turndown"):
    """«Отклонить»: the reason is asked."""

    id: Id


class DeclineSilently(CallbackData, prefix="turned"):
    """Declining without a reason."""

    id: Id
