"""«Обо мне», the acts of those who were erased, and erasing whoever left before."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class RenameMe(CallbackData, prefix="myname"):
    """«Изменить имя»: it is asked."""


class MyFile(CallbackData, prefix="myfile"):
    """«Скачать мои данные»."""


class WithdrawConsent(CallbackData, prefix="unconsent"):
    """«Отозвать согласие»: what it means is said first; the answer is ``Consent``."""


class LeaveProject(CallbackData, prefix="quit"):
    """«Выйти из проекта»: asked, and then ``sure``."""

    sure: bool


class EraseMe(CallbackData, prefix="eraseme"):
    """«Удалить мои данные»: asked, and then ``sure``."""

    sure: bool


class ErasuresPage(CallbackData, prefix="erasures"):
    """A page of the acts."""

    page: int


class ActFile(CallbackData, prefix="act"):
    """The act of an erasure, as a file."""

    id: Id


class ExtractFile(CallbackData, prefix="extract"):
    """The extract of the log about an erasure, as a file."""

    id: Id


class FormerPage(CallbackData, prefix="formers"):
    """A page of those who left or were removed."""

    page: int


class EraseFormer(CallbackData, prefix="erase"):
    """One of them: asked, and then ``sure``."""

    id: Id
    sure: bool
