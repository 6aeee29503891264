"""Confirming an item."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class Confirm(CallbackData, prefix="confirm"):
    """«Подтвердить» on a card, under a notice, in private and in a group: what is said of the item so far."""

    id: Id


class ConfirmFor(CallbackData, prefix="confirmfor"):
    """The same for one of several for whom the person speaks; 0 is the executors."""

    id: Id
    debtor: IdOrNone


class ChooseToConfirm(CallbackData, prefix="toconfirm"):
    """«Подтвердить» in «Мои задачи»: a page of what can be confirmed."""

    page: int


class OpenDraft(CallbackData, prefix="draft"):
    """One confirmation."""

    id: Id


class SendDraft(CallbackData, prefix="senddraft"):
    """«Отправить»."""

    id: Id


class WithdrawDraft(CallbackData, prefix="undraft"):
    """«Отозвать и изменить»."""

    id: Id
