"""«Напомнить»: how often those who have not answered were reminded, and reminding them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.survey_reminder import ReminderSheet, SurveyReminders
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.presses.survey_reminder import RemindOfSurvey, RemindOfSurveyNow
from handlers.show import Screen, show
from texts import Texts


def _screen(texts: Texts, sheet: ReminderSheet) -> Screen:
    survey = sheet.looked.survey.id
    back = (Button(texts.plain("survey.button-card"), press("survey", survey)),)
    remind = Button(texts.plain("survey.button-remind", count=sheet.reached), press("svnow", survey, sheet.reached))
    return Screen(texts.html("survey.reminder", sheet=sheet), (*(((remind,),) if sheet.reached else ()), back))


async def look(
    call: CallbackQuery,
    callback_data: RemindOfSurvey,
    member: Member,
    survey_reminders: SurveyReminders,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Напомнить»."""
    await show(call, _screen(texts, await survey_reminders.look(callback_data.id, by=member, now=clock())))


async def remind(
    call: CallbackQuery,
    callback_data: RemindOfSurveyNow,
    member: Member,
    survey_reminders: SurveyReminders,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Напомнить: 12», as many as were shown."""
    now = clock()
    _, count = await survey_reminders.remind(callback_data.id, callback_data.reached, by=member, now=now)
    name = "survey.reminded-toast" if count else "survey.changed-since-toast"
    sheet = await survey_reminders.look(callback_data.id, by=member, now=now)
    await show(call, _screen(texts, sheet), toast=texts.plain(name, count=count))


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(look, RemindOfSurvey.filter())
    router.callback_query.register(remind, RemindOfSurveyNow.filter())
