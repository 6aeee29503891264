"""«Как идёт» and «Кто не ответил»: the share with its pace, by place and role; and with whom to phone."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.survey_results import Live, NotAnswered, SurveyResults
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.survey_count import Split
from handlers.paging import on_page, turning
from handlers.presses.survey_results import SurveyBy, SurveyLive, SurveyPhones, SurveyWho
from handlers.show import Screen, send_file, show
from handlers.survey_screen import back_to_survey
from texts import Texts

_LISTED = 10
_TO_PHONE = 7
"""Lines of a page: each says of somebody all that is needed for a call."""


def live_screen(texts: Texts, live: Live) -> Screen:
    """The whole, with the ways to its parts."""
    one = live.looked.survey.id
    splits = tuple(
        Button(texts.plain(f"survey_live.button-{split}"), press("svby", one, split, 0)) for split in live.portions
    )
    who = Button(texts.plain("survey_live.button-who"), press("svwho", one, 0))
    results = Button(texts.plain("survey_live.button-results"), press("svres", one, 0))
    further = (who, results) if live.sees_results else (who,)
    text = texts.html("survey_live.card", live=live, number=live.number, **_facts(live))
    return Screen(text, (splits, further, back_to_survey(texts, one)))


def split_screen(texts: Texts, live: Live, split: Split, page: int) -> Screen:
    """A page of the shares of municipalities, schools or roles, the lowest first."""
    one, every = live.looked.survey.id, live.portions.get(split, ())
    shown, number, pages = on_page(every, page, _LISTED)
    text = texts.html(
        "survey_live.split",
        live=live,
        split=split,
        portions=shown,
        total=len(every),
        page=number,
        pages=pages,
        **_facts(live),
    )
    turns = turning(texts, len(every), page, lambda other: press("svby", one, split, other), _LISTED)
    back = (Button(texts.plain("survey_live.button-live"), press("svlive", one)),)
    return Screen(text, tuple(row for row in (turns, back, back_to_survey(texts, one)) if row))


def who_screen(texts: Texts, missing: NotAnswered, page: int) -> Screen:
    """A page of those who have not answered."""
    one, every = missing.looked.survey.id, missing.people
    shown, number, pages = on_page(every, page, _TO_PHONE)
    text = texts.html(
        "survey_live.who",
        missing=missing,
        people=shown,
        total=len(every),
        page=number,
        pages=pages,
        **_facts(missing),
    )
    turns = turning(texts, len(every), page, lambda other: press("svwho", one, other), _TO_PHONE)
    phones = (Button(texts.plain("survey_live.button-phones"), press("svphone", one)),) if every else ()
    return Screen(text, tuple(row for row in (turns, phones, back_to_survey(texts, one)) if row))


def _facts(seen: Live | NotAnswered) -> dict[str, object]:
    looked = seen.looked
    return {"looked": looked, "survey": looked.survey, "item": looked.item, "today": looked.today}


async def show_live(
    call: CallbackQuery,
    callback_data: SurveyLive,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Как идёт»."""
    await show(call, live_screen(texts, await survey_results.live(callback_data.id, by=member, now=clock())))


async def show_split(
    call: CallbackQuery,
    callback_data: SurveyBy,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«По муниципалитетам», «По школам», «По ролям»."""
    live = await survey_results.live(callback_data.id, by=member, now=clock())
    await show(call, split_screen(texts, live, callback_data.split, callback_data.page))


async def show_who(
    call: CallbackQuery,
    callback_data: SurveyWho,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Кто не ответил»."""
    missing = await survey_results.missing(callback_data.id, by=member, now=clock())
    await show(call, who_screen(texts, missing, callback_data.page))


async def send_phones(
    call: CallbackQuery,
    callback_data: SurveyPhones,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Список для обзвона»."""
    file = await survey_results.phone_list(callback_data.id, by=member, now=clock())
    name = texts.plain("survey_live.file-name", looked=file.looked)
    await send_file(call, name, file.content, texts.html("survey_live.file-caption", looked=file.looked, file=file))
    await call.answer(texts.plain("survey_live.file-toast"))


def setup(router: Router) -> None:
    """Private screens of whoever sees surveys."""
    router.callback_query.register(show_live, SurveyLive.filter())
    router.callback_query.register(show_split, SurveyBy.filter())
    router.callback_query.register(show_who, SurveyWho.filter())
    router.callback_query.register(send_phones, SurveyPhones.filter())
