"""The registry as a file."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.presses.base import Id

Question = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
"""The id of a question about a file."""


class DownloadRegistry(CallbackData, prefix="regfile"):
    """«Скачать шаблон», «Скачать список», «Скачать отчёт»: ``which`` is ``template``, ``list`` or ``report``."""

    which: str


class LookAtRegistryFile(CallbackData, prefix="reglook"):
    """«Проверить как список» of a file that was sent unasked."""


class RegistryFilePage(CallbackData, prefix="regpage"):
    """The file that waits: a page of what is wrong in it, or the next question."""

    page: int


class AnswerAboutFile(CallbackData, prefix="regsame"):
    """«Это тот же …» and «Это другой …» about the file of that version."""

    version: Id
    question: Question
    same: bool


class LoadRegistryFile(CallbackData, prefix="regload"):
    """«Загрузить» the file of that version."""

    version: Id


class ForgetRegistryFile(CallbackData, prefix="regdrop"):
    """«Не загружать»."""
