"""Schools: the list, the card, and keeping them."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import Id


class SchoolHomes(CallbackData, prefix="homes"):
    """A page of the municipalities with schools."""

    page: int


class SchoolsOf(CallbackData, prefix="schools"):
    """A page of the schools of a municipality."""

    home: Id
    page: int


class OpenSchool(CallbackData, prefix="school"):
    """A school's card."""

    id: Id


class SchoolPeople(CallbackData, prefix="team"):
    """A page of the people on a school's card."""

    id: Id
    page: int


class RenameSchool(CallbackData, prefix="schoolname"):
    """«Переименовать»."""

    id: Id


class SchoolAddress(CallbackData, prefix="schooladdress"):
    """«Адрес»."""

    id: Id


class ForgetSchoolAddress(CallbackData, prefix="noaddress"):
    """«Убрать адрес»."""

    id: Id


class SchoolLeaves(CallbackData, prefix="schoolout"):
    """«Школа вышла из проекта»: asked once more."""

    id: Id


class SchoolLeft(CallbackData, prefix="schoolgone"):
    """«Да, вышла»."""

    id: Id


class AddSchool(CallbackData, prefix="newschool"):
    """«Добавить школу»: a page of the municipalities."""

    page: int


class AddSchoolIn(CallbackData, prefix="schoolin"):
    """The municipality of the school that is being added."""

    home: Id


class AddSchoolEvenSo(CallbackData, prefix="schoolnew"):
    """«Это другая школа»."""
