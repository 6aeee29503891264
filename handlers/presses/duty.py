"""What a person is answerable for. Where ``id`` may be 0, it is about the person who is being added."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id, IdOrNone


class OpenDuties(CallbackData, prefix="duties"):
    """«Обязанности»."""

    id: Id
    page: int


class OpenDuty(CallbackData, prefix="duty"):
    """One of them."""

    id: Id
    duty: Id


class SetResponsible(CallbackData, prefix="lead"):
    """«Сделать ответственным» and «Снять ответственность»."""

    id: Id
    duty: Id
    on: bool


class EndDuty(CallbackData, prefix="unduty"):
    """«Снять обязанность»."""

    id: Id
    duty: Id


class ChooseRole(CallbackData, prefix="addduty"):
    """«Добавить обязанность»: which role."""

    id: Id


class ChooseHome(CallbackData, prefix="dutyarea"):
    """A role is chosen: a page of the municipalities."""

    id: IdOrNone
    role: str
    page: int


class ChooseSchool(CallbackData, prefix="dutyhome"):
    """A municipality is chosen: a page of its schools."""

    id: IdOrNone
    role: str
    home: Id
    page: int


class ChooseOrganisation(CallbackData, prefix="dutyorg"):
    """A page of the organisations."""

    id: IdOrNone
    page: int


class GiveDuty(CallbackData, prefix="give"):
    """The duty: of a school or a municipality by its id, of an organisation by its code, or with 0 of the region."""

    id: IdOrNone
    role: str
    place: str
