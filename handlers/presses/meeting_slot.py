"""The times of an interview: a school chooses, asks another to change; whoever leads it makes and gives them.

A time is named by its beginning (``domain.meeting_slot.minute_of``): the id of one that is gone may be another's."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.presses.base import Id

Minute = Annotated[int, Field(ge=0, lt=2**32)]
"""Minutes since the epoch."""
Length = Annotated[int, Field(ge=0, lt=1000)]
"""Minutes."""


class OpenSlots(CallbackData, prefix="mtslots"):
    """«Выбрать время», for the meeting of that id."""

    id: Id


class SlotsOfSchool(CallbackData, prefix="msof"):
    """The times for one of one's schools, a part of a day on a page."""

    id: Id
    school: Id
    page: int


class TakeSlot(CallbackData, prefix="mstake"):
    """That time for one's school."""

    id: Id
    school: Id
    at: Minute


class FreeSlot(CallbackData, prefix="msfree"):
    """«Освободить»."""

    id: Id
    school: Id


class SlotsOfOthers(CallbackData, prefix="msswap"):
    """«Поменяться»: a page of the times that others have."""

    id: Id
    school: Id
    page: int


class AskSwap(CallbackData, prefix="msask"):
    """That time of another school instead of one's own."""

    id: Id
    school: Id
    at: Minute


class WithdrawSwap(CallbackData, prefix="msback"):
    """«Отозвать просьбу»."""

    id: Id
    school: Id


class AgreeSwap(CallbackData, prefix="msyes"):
    """«Поменяться» of who was asked."""

    id: Id
    theirs: Minute
    own: Minute


class KeepSlot(CallbackData, prefix="msno"):
    """«Не меняться»."""

    id: Id
    theirs: Minute
    own: Minute


class PlanSlots(CallbackData, prefix="mtplan"):
    """«Время для школ» of whoever leads the meeting."""

    id: Id


class PlannedPage(CallbackData, prefix="mpday"):
    """Another part of a day, or another day."""

    id: Id
    page: int


class SlotLength(CallbackData, prefix="mplen"):
    """So many minutes for a school."""

    id: Id
    minutes: Length


class SlotBreak(CallbackData, prefix="mpgap"):
    """So many minutes between two: the hours are asked."""

    id: Id
    minutes: Length
    pause: Length


class MoreHours(CallbackData, prefix="mpmore"):
    """«Ещё часы»."""

    id: Id


class NoSlots(CallbackData, prefix="mpnone"):
    """«Убрать время для школ»."""

    id: Id


class OpenPlanned(CallbackData, prefix="mpat"):
    """One time."""

    id: Id
    at: Minute


class DropPlanned(CallbackData, prefix="mpdrop"):
    """«Удалить это время», then «Да, отменить» where a school has it."""

    id: Id
    at: Minute
    sure: bool


class VacatePlanned(CallbackData, prefix="mpvac"):
    """«Освободить»."""

    id: Id
    at: Minute


class GivePage(CallbackData, prefix="mpwho"):
    """«Отдать школе»: a page of those that have no time."""

    id: Id
    at: Minute
    page: int


class MovePage(CallbackData, prefix="mpmove"):
    """«Перенести»: a page of the free times for a school; another may be typed where it has one."""

    id: Id
    school: Id
    page: int


class GiveSlot(CallbackData, prefix="mpgive"):
    """That time to that school."""

    id: Id
    at: Minute
    school: Id


class WithoutSlot(CallbackData, prefix="mpnot"):
    """«Без времени»: a page of those schools."""

    id: Id
    page: int


class RemindToChoose(CallbackData, prefix="mpask"):
    """«Напомнить тем, кто не выбрал»."""

    id: Id
