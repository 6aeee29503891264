"""Meetings: preparing one, calling people to it, changing and cancelling it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class MeetingField(StrEnum):
    """What is typed of a meeting."""

    TITLE = "title"
    TIME = "time"
    WHERE = "where"
    AGENDA = "agenda"


class OpenMeeting(CallbackData, prefix="mt"):
    """One meeting, for whoever leads it."""

    id: Id


class MeetingsPage(CallbackData, prefix="mts"):
    """Another page of them."""

    page: int


class MeetingItems(CallbackData, prefix="mtitems"):
    """A page of the items that a meeting (0: a new one) may be bound to."""

    id: IdOrNone
    page: int


class BindMeeting(CallbackData, prefix="mtitem"):
    """That item, or 0 for none; of a meeting, or 0 for a new one."""

    id: IdOrNone
    item: IdOrNone


class AskMeetingField(CallbackData, prefix="mtask"):
    """«Название», «Когда», «Где», «Повестка»: it may be typed."""

    id: Id
    field: MeetingField


class AskLength(CallbackData, prefix="mtlen"):
    """«Сколько длится»."""

    id: Id


class SetLength(CallbackData, prefix="mtlong"):
    """So many minutes."""

    id: Id
    minutes: int


class AskMaterials(CallbackData, prefix="mtfiles"):
    """«Материалы»."""

    id: Id


class DropMaterials(CallbackData, prefix="mtnofiles"):
    """«Убрать файлы»."""

    id: Id


class ChooseGuests(CallbackData, prefix="mtcall"):
    """«Кого пригласить», «Пригласить ещё»."""

    id: Id


class PreviewInvitation(CallbackData, prefix="mtlook"):
    """«Посмотреть приглашение»."""

    id: Id


class CallMeeting(CallbackData, prefix="mtgo"):
    """«Пригласить N»."""

    id: Id


class ChangeMeeting(CallbackData, prefix="mtedit"):
    """«Изменить» what people were called to."""

    id: Id


class DeleteMeeting(CallbackData, prefix="mtdel"):
    """«Удалить черновик», then «Да, удалить»."""

    id: Id
    sure: bool


class CancelMeeting(CallbackData, prefix="mtoff"):
    """«Отменить встречу»: why is typed."""

    id: Id
