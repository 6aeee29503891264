"""Announcements: composing, looking, sending, and what became of it."""

from aiogram.filters.callback_data import CallbackData

from domain.broadcast import Timing
from domain.people import Role
from handlers.presses.base import Id


class OpenBroadcast(CallbackData, prefix="bc"):
    """One announcement."""

    id: Id


class OpenBeside(CallbackData, prefix="bcbeside"):
    """One announcement in a message of its own: the one that was pressed goes on telling how far it is."""

    id: Id


class BroadcastsPage(CallbackData, prefix="bcs"):
    """Another page of them."""

    page: int


class NewBroadcast(CallbackData, prefix="bcnew"):
    """«Новое объявление»."""


class CopyBroadcast(CallbackData, prefix="bccopy"):
    """«Повторить как новое»."""

    id: Id


class AskBroadcastText(CallbackData, prefix="bctext"):
    """«Текст»: how it is written."""

    id: Id


class AskBroadcastFiles(CallbackData, prefix="bcfiles"):
    """«Файлы»: what can be sent."""

    id: Id


class DropBroadcastFiles(CallbackData, prefix="bcnofiles"):
    """«Убрать файлы»."""

    id: Id


class SwitchAck(CallbackData, prefix="bcask"):
    """«Ознакомлен(а)» asked for or not."""

    id: Id
    on: bool


class SwitchQuiet(CallbackData, prefix="bcquiet"):
    """Without a sound or with it."""

    id: Id
    on: bool


class AskBroadcastTime(CallbackData, prefix="bcwhen"):
    """«Когда»: a time may be typed."""

    id: Id


class SetBroadcastTime(CallbackData, prefix="bctime"):
    """«Сейчас», «В рабочее время»."""

    id: Id
    timing: Timing


class PreviewBroadcast(CallbackData, prefix="bclook"):
    """«Посмотреть»."""

    id: Id


class BroadcastNames(CallbackData, prefix="bcnames"):
    """A page of those who will get it, or (``silent``) will not and why."""

    id: Id
    silent: bool
    page: int


class LaunchBroadcast(CallbackData, prefix="bcgo"):
    """«Отправить N получателям»."""

    id: Id


class DeleteBroadcast(CallbackData, prefix="bcdel"):
    """«Удалить черновик», then «Да, удалить»."""

    id: Id
    sure: bool


class CancelBroadcast(CallbackData, prefix="bcstop"):
    """«Отменить остаток», then «Да, отменить»."""

    id: Id
    sure: bool


class CorrectBroadcast(CallbackData, prefix="bcfix"):
    """«Исправить»: other words may be typed."""

    id: Id


class CorrectForSure(CallbackData, prefix="bcfixgo"):
    """«Исправить у …» by what was typed."""

    id: Id


class RemoveBroadcast(CallbackData, prefix="bcrm"):
    """«Удалить у получателей», then «Да, удалить»."""

    id: Id
    sure: bool


class ResendBroadcast(CallbackData, prefix="bcagain"):
    """«Отправить ещё раз не получившим»."""

    id: Id


class NudgeBroadcast(CallbackData, prefix="bcnudge"):
    """«Напомнить не ознакомившимся»."""

    id: Id


class BroadcastReport(CallbackData, prefix="bcreport"):
    """A page of the delivery report."""

    id: Id
    page: int


class BroadcastAckList(CallbackData, prefix="bcacks"):
    """A page of who has acknowledged it, and who has not."""

    id: Id
    page: int


class BroadcastPhones(CallbackData, prefix="bcxlsx"):
    """«Список для обзвона»."""

    id: Id


class Acknowledge(CallbackData, prefix="bcack"):
    """«Ознакомлен(а)»."""

    id: Id


class BroadcastAudience(CallbackData, prefix="bcaud"):
    """«Кому»."""

    id: Id


class TellEverybody(CallbackData, prefix="bcall"):
    """«Все участники»."""

    id: Id


class TellRole(CallbackData, prefix="bcrole"):
    """A role told or not."""

    id: Id
    role: Role
    on: bool


class TellPlaces(CallbackData, prefix="bcplaces"):
    """«Где»: a page of the municipalities."""

    id: Id
    page: int


class TellEverywhere(CallbackData, prefix="bcevery"):
    """«Везде»."""

    id: Id


class TellPlace(CallbackData, prefix="bcplace"):
    """A municipality told or not; ``page`` is where it stands."""

    id: Id
    home: Id
    on: bool
    page: int


class TellSchools(CallbackData, prefix="bcschools"):
    """A page of a municipality's schools."""

    id: Id
    home: Id
    page: int


class TellSchool(CallbackData, prefix="bcschool"):
    """A school told or not; ``page`` is where it stands."""

    id: Id
    school: Id
    on: bool
    page: int


class TellPeople(CallbackData, prefix="bcpeople"):
    """«По именам»: a page of those who are told so; names may be typed."""

    id: Id
    page: int


class TellPerson(CallbackData, prefix="bcperson"):
    """Somebody told by name, or not."""

    id: Id
    person: Id
    on: bool


class TellGroups(CallbackData, prefix="bcgroups"):
    """«Группы»: a page of them."""

    id: Id
    page: int


class TellGroup(CallbackData, prefix="bcgroup"):
    """A group told or not; ``page`` is where it stands."""

    id: Id
    group: Id
    on: bool
    page: int


class UndoneItems(CallbackData, prefix="bcitems"):
    """«Кто не сделал п. …»: a page of the items."""

    id: Id
    page: int


class TellUndone(CallbackData, prefix="bcitem"):
    """Whoever has not done this item."""

    id: Id
    item: Id


class UnansweredSurveys(CallbackData, prefix="bcsurveys"):
    """«Кто не ответил на опрос …»: a page of the surveys."""

    id: Id
    page: int


class TellUnanswered(CallbackData, prefix="bcsurvey"):
    """Whoever has not answered this survey."""

    id: Id
    survey: Id
