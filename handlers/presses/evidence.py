"""What is attached to a confirmation."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class AskEvidence(CallbackData, prefix="addproof"):
    """«Ссылка», «Текст», «Приказ №»: it is to be typed."""

    id: Id
    kind: str


class EvidenceList(CallbackData, prefix="proofs"):
    """«Убрать …»: a page of what is attached."""

    id: Id
    page: int


class TakeAway(CallbackData, prefix="unproof"):
    """One piece of it is not meant."""

    id: Id
    evidence: Id
