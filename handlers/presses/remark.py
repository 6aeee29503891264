"""Remarks and proposals, and what of them is entered into МЭДК."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from domain.remark import RemarkKind
from handlers.presses.base import Id
from handlers.presses.document import Place

Moment = Annotated[int, Field(ge=0, lt=2**63)]
"""Microseconds since 1970."""


class SchoolRemarks(CallbackData, prefix="remarks"):
    """A school's remarks."""

    id: Id


class RemarksPage(CallbackData, prefix="rempage"):
    """A page of them."""

    id: Id
    page: int


class OpenRemark(CallbackData, prefix="remark"):
    """A remark's card."""

    id: Id


class ChooseRemarkDocument(CallbackData, prefix="remnew"):
    """«Замечание», «Предложение» of a school: a page of the documents it may be on."""

    school: Id
    what: RemarkKind
    page: int


class ChooseRemarkItem(CallbackData, prefix="remitems"):
    """A page of the items it may be on."""

    school: Id
    what: RemarkKind
    page: int


class RemarkOnDocument(Place, CallbackData, prefix="remdoc"):
    """On a document."""

    what: RemarkKind


class RemarkOnItem(CallbackData, prefix="remitem"):
    """On an item."""

    school: Id
    item: Id
    what: RemarkKind


class AnswerRemark(CallbackData, prefix="remanswer"):
    """«Ответить»."""

    id: Id


class CorrectRemark(CallbackData, prefix="remtext"):
    """«Изменить текст»."""

    id: Id


class SettleRemark(CallbackData, prefix="remfix"):
    """«Исправлено», «Не исправлено»."""

    id: Id
    fixed: bool


class ShowMedkText(CallbackData, prefix="medk"):
    """«Текст для МЭДК»: what it does not have yet, or everything."""

    school: Id
    everything: bool


class PlacedInMedk(CallbackData, prefix="medkset"):
    """«Внесено в МЭДК» of the text that was made at a moment."""

    school: Id
    seen: Moment


class NotPlacedInMedk(CallbackData, prefix="medkoff"):
    """«Снять отметку» that was made at a moment."""

    school: Id
    placed: Moment
