"""The school's card before a visit: what the curator needs to know at one look."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.visit_hosting import VisitHosting
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.presses.visit_brief import OpenBrief
from handlers.show import Screen, show
from texts import Texts


async def open_brief(
    call: CallbackQuery,
    callback_data: OpenBrief,
    member: Member,
    visit_hosting: VisitHosting,
    clock: Clock,
    texts: Texts,
) -> None:
    """The card of the school of one visit."""
    one, brief = await visit_hosting.brief(callback_data.id, by=member, now=clock())
    last = ((Button(texts.plain("visit_day.button-last"), press("vlast", one.id)),),) if brief.last else ()
    documents = Button(texts.plain("school.button-documents"), press("docs", one.school.id))
    school = Button(texts.plain("visit_day.button-school"), press("school", one.school.id))
    back = Button(texts.plain("visit_day.button-back"), press("visit", one.id))
    await show(call, Screen(texts.html("visit_day.card", one=one, brief=brief), (*last, (documents, school), (back,))))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(open_brief, OpenBrief.filter())
