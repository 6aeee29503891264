"""A new survey: of a form's file, or a copy of another; and «Анкета» of one that is there, as files."""

import re
from collections.abc import Sequence

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.survey_card import SurveyCard
from actions.survey_form import FormOffer, SurveyForms
from actions.survey_keeping import SurveyKeeping
from domain.access import Right
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.refusal import Refusal
from domain.registry_file import FILE_LIMIT
from handlers.album import is_rest_of_album, said_already
from handlers.awaiting import Awaiting
from handlers.files import download, is_larger
from handlers.paging import paged
from handlers.picking import label
from handlers.presses.survey import DownloadSurveyForm, NewSurvey, PutSurveyForm, SurveyForm
from handlers.show import Screen, send_file, show
from handlers.start import back_to_menu
from handlers.survey import show_survey
from handlers.survey_screen import back_to_survey, facts
from handlers.where import is_no_command
from texts import Texts

_COPIES = 4
_WRONG = 12
_CHANGES = 12
_MIB = 1024**2
_NEW = 0
"""In place of a survey's id beside the awaited file: a new one is to be made of it."""


async def _is_document(message: Message) -> bool:
    return message.document is not None


async def show_new(
    call: CallbackQuery,
    callback_data: NewSurvey,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Новый опрос»: a file may be sent at once, or another is copied."""
    found = await survey_keeping.all(by=member, now=clock())
    if not found.keeps:
        raise Refusal("access.refused")
    await state.set_state(Awaiting.survey_file)
    await state.set_data({"survey": _NEW})
    rows = [
        (
            Button(
                texts.plain("survey_keeping.button-copy-of", title=label(one.looked.survey.title)),
                press("svcopy", one.looked.survey.id),
            ),
        )
        for one in found.lines
        if not one.looked.survey.is_poll
    ]
    copies = paged(texts, rows, callback_data.page, lambda other: press("svnew", other), _COPIES)
    poll = (Button(texts.plain("survey_keeping.button-poll"), press("svpoll")),)
    back = (Button(texts.plain("survey_keeping.button-list"), press("go", "surveys")), *back_to_menu(texts))
    text = texts.html("survey_keeping.new", limit=FILE_LIMIT // _MIB, copies=bool(rows))
    await show(call, Screen(text, (poll, *copies, back)))


async def show_form(
    call: CallbackQuery,
    callback_data: SurveyForm,
    member: Member,
    survey_keeping: SurveyKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Анкета»: its files; another may be sent in its place."""
    card = await survey_keeping.card(callback_data.id, by=member, now=clock(), right=Right.KEEP_SURVEYS)
    await state.set_state(Awaiting.survey_file)
    await state.set_data({"survey": callback_data.id})
    await show(call, form_screen(texts, card))


def form_screen(texts: Texts, card: SurveyCard) -> Screen:
    """How long it is, and what can be done with it."""
    one = card.survey.id
    files = tuple(
        Button(texts.plain(f"survey_keeping.button-{which}"), press("svfile", one, which)) for which in ("xlsx", "toml")
    )
    tried = (Button(texts.plain("survey_keeping.button-try"), press("svtry", one)),)
    text = texts.html("survey_keeping.form", card=card, limit=FILE_LIMIT // _MIB, **facts(card))
    return Screen(text, (files, tried, back_to_survey(texts, one)))


async def send_form(
    call: CallbackQuery,
    callback_data: DownloadSurveyForm,
    member: Member,
    survey_forms: SurveyForms,
    clock: Clock,
    texts: Texts,
) -> None:
    """The form as a file."""
    card, content = await survey_forms.file(callback_data.id, callback_data.which, by=member, now=clock())
    title = re.sub(r"[^\w-]+", " ", card.survey.title).strip()
    name = f"{texts.plain('survey_keeping.file-name', title=title)}.{callback_data.which}"
    await send_file(call, name, content, texts.html("survey_keeping.file-caption"))
    await call.answer(texts.plain("survey_keeping.file-toast"))


async def received(
    message: Message, bot: Bot, member: Member, survey_forms: SurveyForms, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A file: a new survey of it, or what it would change. Nothing of one with defects is taken."""
    document = message.document
    assert document is not None  # noqa: S101  the filter has seen it
    if is_larger(document, FILE_LIMIT):
        raise Refusal("workbook.too-big", limit=FILE_LIMIT // _MIB)
    one = int((await state.get_data()).get("survey", _NEW))
    content = await download(bot, document.file_id, "registry_file.not-downloaded")
    if one == _NEW:
        card, look = await survey_forms.make(content, by=member, now=clock())
        if card is None:
            await show(message, _wrong(texts, look.wrong, _NEW))
        else:
            await show_survey(message, card, texts, state)
        return
    offer = await survey_forms.offer(one, content, by=member, now=clock())
    await state.set_data({"survey": one, "file": document.file_id})
    await show(message, offer_screen(texts, offer))


def _wrong(texts: Texts, wrong: Sequence[str], survey_id: int) -> Screen:
    """Every defect with its place, the first of many."""
    text = texts.html("survey_keeping.wrong", wrong=wrong[:_WRONG], count=len(wrong))
    back = (Button(texts.plain("survey_keeping.button-list"), press("go", "surveys")), *back_to_menu(texts))
    return Screen(text, (back_to_survey(texts, survey_id) if survey_id else back,))


def offer_screen(texts: Texts, offer: FormOffer) -> Screen:
    """What would change, with the button that does it."""
    one, change = offer.card.survey.id, offer.change
    if change is None:
        return _wrong(texts, offer.look.wrong, one)
    put = (Button(texts.plain("survey_keeping.button-put"), press("svput", one, offer.seen)),)
    changes, more = change.questions[:_CHANGES], max(0, len(change.questions) - _CHANGES)
    text = texts.html(
        "survey_keeping.offer", offer=offer, change=change, changes=changes, more=more, **facts(offer.card)
    )
    return Screen(text, (*(() if change.is_nothing else (put,)), back_to_survey(texts, one)))


async def put_form(
    call: CallbackQuery,
    callback_data: PutSurveyForm,
    bot: Bot,
    member: Member,
    survey_forms: SurveyForms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Заменить»."""
    data = await state.get_data()
    if not data.get("file") or data.get("survey") != callback_data.id:
        raise Refusal("registry_file.gone")
    content = await download(bot, data["file"], "registry_file.not-downloaded")
    seen = callback_data.seen
    card, look = await survey_forms.put(callback_data.id, content, seen=seen, by=member, now=clock())
    if look.wrong:
        await show(call, _wrong(texts, look.wrong, callback_data.id))
        return
    await show_survey(call, card, texts, state, toast=texts.plain("survey_keeping.put-toast"))


async def file_please(message: Message, texts: Texts) -> None:
    """A text or a picture where the file is waited for."""
    await show(message, Screen(texts.html("survey_keeping.file-please")))


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(show_new, NewSurvey.filter())
    router.callback_query.register(show_form, SurveyForm.filter())
    router.callback_query.register(send_form, DownloadSurveyForm.filter(F.which.in_({"toml", "xlsx"})))
    router.callback_query.register(put_form, PutSurveyForm.filter(), Awaiting.survey_file)
    router.message.register(said_already, Awaiting.survey_file, is_rest_of_album)
    router.message.register(received, Awaiting.survey_file, _is_document)
    router.message.register(file_please, Awaiting.survey_file, is_no_command)
