"""Filling in a form."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class FormAnswer(CallbackData, prefix="fa"):
    """An option of a question."""

    purpose: str
    id: Id
    who: IdOrNone
    question: str
    option: str


class FormStep(CallbackData, prefix="fs"):
    """«Готово», «Пропустить», «Назад», «Верно», «Исправить»: a step at a question («-» is the summary)."""

    purpose: str
    id: Id
    who: IdOrNone
    step: str
    question: str


class FormPage(CallbackData, prefix="fp"):
    """A page of the options of a question."""

    purpose: str
    id: Id
    who: IdOrNone
    question: str
    page: int


class FormAnswers(CallbackData, prefix="fl"):
    """«Изменить ответ»: a page of what was answered."""

    purpose: str
    id: Id
    who: IdOrNone
    page: int


class FormAll(CallbackData, prefix="fw"):
    """«Отправить», «Продолжить», «Удалить ответы», «Продолжу позже»: of the form as a whole."""

    purpose: str
    id: Id
    who: IdOrNone
    what: str
