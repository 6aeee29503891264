"""Personal codes and their cards."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class IssueCode(CallbackData, prefix="code"):
    """«Код для входа» of a person's card."""

    id: Id


class RevokeCode(CallbackData, prefix="uncode"):
    """«Отозвать код»."""

    id: Id


class UnlinkAccounts(CallbackData, prefix="unlink"):
    """«Отвязать телефон»: asked, and then ``sure``."""

    id: Id
    sure: bool


class CardsPage(CallbackData, prefix="cardsof"):
    """Whom to print cards for: a page of the municipalities (0), or of the schools of one."""

    municipality: IdOrNone
    page: int


class ChooseCards(CallbackData, prefix="cards"):
    """A school's team, a municipality's people (school 0), everybody (both 0)."""

    municipality: IdOrNone
    school: IdOrNone


class PrintCards(CallbackData, prefix="print"):
    """«Сделать карточки»; ``last`` is the code that was issued last when it was offered."""

    municipality: IdOrNone
    school: IdOrNone
    last: IdOrNone
