"""«Проверить»."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class OpenReview(CallbackData, prefix="review"):
    """A confirmation in the queue, or by itself."""

    id: Id


class AcceptReview(CallbackData, prefix="accept"):
    """«Принять» what was sent the ``seen``-th time."""

    id: Id
    seen: int


class GiveBack(CallbackData, prefix="giveback"):
    """«Вернуть»: the comment is asked."""

    id: Id
    seen: int


class ShowProof(CallbackData, prefix="proof"):
    """«Показать файлы»: everything that was sent, whole."""

    id: Id


class ShowRounds(CallbackData, prefix="rounds"):
    """«История» of a confirmation."""

    id: Id


class AlikeReviews(CallbackData, prefix="alike"):
    """«Принять несколько»: a page of what waits of one item."""

    item: Id
    page: int


class AcceptAlike(CallbackData, prefix="acceptall"):
    """«Принять все»: what was sent up to an instant, in microseconds since 1970."""

    item: Id
    until: Id


class DecidedReviews(CallbackData, prefix="decided"):
    """A page of what was decided."""

    page: int


class ReopenReview(CallbackData, prefix="unaccept"):
    """«Открыть снова» what was accepted: the comment is asked."""

    id: Id
