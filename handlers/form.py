"""Filling in a form of whatever feature: presses, typed lines, files and places, each answered with what comes next."""

from collections.abc import Awaitable

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.completion import FileAnswer, FileOutcome
from actions.form import Forms
from actions.form_sheet import Page, Ref, Said
from actions.tasks import Tasks
from channels.telegram import TelegramFiles
from domain.button import Button, press
from domain.clock import Clock
from domain.form import QuestionKind
from domain.form_value import files_of
from domain.people import Member
from domain.refusal import Refusal
from handlers.awaiting import Awaiting
from handlers.batch import answered, next_file, read_batch
from handlers.batch import as_data as batch_data
from handlers.evidence import has_file
from handlers.files import sent_file
from handlers.form_screen import NOWHERE, answers_screen, option_page, page_screen
from handlers.home import show_home
from handlers.presses.form import FormAll, FormAnswer, FormAnswers, FormPage, FormStep
from handlers.show import Screen, show, show_again
from handlers.where import is_answer
from texts import Texts

AnyPress = FormAnswer | FormStep | FormPage | FormAnswers | FormAll
_AT_A_QUESTION = ("done", "skip", "back", "right", "retype", "change")


def ref_of(pressed: AnyPress) -> Ref:
    """What is filled in."""
    return Ref(pressed.purpose, pressed.id, pressed.who)


async def await_answer(state: FSMContext, ref: Ref) -> None:
    """Whatever is typed next is an answer of this form. Which question it is for stands in its run, not here."""
    await state.set_state(Awaiting.form)
    await state.set_data({"form": [ref.purpose, ref.id, ref.who]})


async def _awaited(state: FSMContext) -> Ref:
    purpose, one, who = (await state.get_data())["form"]
    return Ref(purpose, one, who)


async def show_next(
    event: Message | CallbackQuery, found: Page | Said, texts: Texts, state: FSMContext, turned: int = 0
) -> None:
    """The next page, or what the feature says at the end."""
    if isinstance(found, Said):
        await state.clear()
        await show(event, Screen(found.text, found.buttons), toast=found.toast)
        return
    await await_answer(state, found.ref)
    await show(event, page_screen(texts, found, turned))


async def answer(
    call: CallbackQuery,
    callback_data: FormAnswer,
    member: Member,
    forms: Forms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """An option; one of several is switched and stays on its page."""
    found = await forms.press(
        ref_of(callback_data), callback_data.question, callback_data.option, by=member, now=clock()
    )
    turned = 0
    if isinstance(found, Page) and found.question is not None and found.question.id == callback_data.question:
        turned = option_page(found.question, callback_data.option)
    await show_next(call, found, texts, state, turned)


async def step(
    call: CallbackQuery,
    callback_data: FormStep,
    member: Member,
    forms: Forms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A step at a question."""
    ref, question, now = ref_of(callback_data), callback_data.question, clock()
    taken: Awaitable[Page | Said]
    match callback_data.step:
        case "done":
            taken = forms.finish(ref, question, by=member, now=now)
        case "skip":
            taken = forms.skip(ref, question, by=member, now=now)
        case "right":
            taken = forms.confirm(ref, question, by=member, now=now)
        case "back":
            taken = forms.back(ref, None if question == NOWHERE else question, by=member, now=now)
        case _:
            taken = forms.ask(ref, question, by=member, now=now)
    await show_next(call, await taken, texts, state)


async def turn(
    call: CallbackQuery,
    callback_data: FormPage,
    member: Member,
    forms: Forms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Another page of the options; of a question that is not asked any more, what is."""
    found = await forms.open(ref_of(callback_data), by=member, now=clock())
    same = found.question is not None and found.question.id == callback_data.question
    await show_next(call, found, texts, state, callback_data.page if same else 0)


async def list_answers(
    call: CallbackQuery, callback_data: FormAnswers, member: Member, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """«Изменить ответ»."""
    found = await forms.open(ref_of(callback_data), by=member, now=clock())
    await show(call, answers_screen(texts, found, callback_data.page))


async def whole(
    call: CallbackQuery,
    callback_data: FormAll,
    member: Member,
    forms: Forms,
    tasks: Tasks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The form as a whole: sent, gone on with, put away, or its answers taken back."""
    ref, now = ref_of(callback_data), clock()
    match callback_data.what:
        case "send":
            await show_next(call, await forms.send(ref, by=member, now=now), texts, state)
        case "go-on":
            await show_next(call, await forms.open(ref, by=member, now=now), texts, state)
        case "drop":
            go_on, sure = (
                Button(texts.plain(f"form.button-{one}"), press("fw", ref.purpose, ref.id, ref.who, one))
                for one in ("go-on", "drop-sure")
            )
            await show(call, Screen(texts.html("form.drop"), ((go_on,), (sure,))))
        case "drop-sure":
            await forms.drop(ref, by=member, now=now)
            await state.clear()
            await show_home(call, member, tasks, clock, texts, toast=texts.plain("form.dropped-toast"))
        case _:
            await state.clear()
            await show_home(call, member, tasks, clock, texts, toast=texts.plain("form.later-toast"))


async def typed(message: Message, member: Member, forms: Forms, clock: Clock, texts: Texts, state: FSMContext) -> None:
    """The answer to whatever is asked."""
    ref = await _awaited(state)
    await show_next(message, await forms.type(ref, message.text or "", by=member, now=clock()), texts, state)


async def located(
    message: Message, member: Member, forms: Forms, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A place."""
    assert message.location is not None  # noqa: S101  the filter has seen it
    ref, point = await _awaited(state), message.location
    found = await forms.place(ref, point.latitude, point.longitude, by=member, now=clock())
    await show_next(message, found, texts, state)


async def received(
    message: Message, bot: Bot, member: Member, forms: Forms, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A photo or a document; those that come together are answered with one message."""
    data, sent, now = await state.get_data(), sent_file(message, texts), clock()
    assert sent is not None  # noqa: S101  the filter has seen it
    ref = await _awaited(state)
    page = await forms.open(ref, by=member, now=now)
    if page.taking(QuestionKind.FILE) is None:
        raise Refusal("form.text-please" if page.question is not None else "form.press-please")
    try:
        page = await forms.add_file(ref, sent, TelegramFiles(bot), by=member, now=now)
        outcome = FileAnswer(FileOutcome.KEPT if _came_with(page, sent.source) else FileOutcome.AGAIN)
    except Refusal as why:  # one of ten files that is refused is an answer about that one
        outcome = FileAnswer(FileOutcome.REFUSED, why=why)
    batch = next_file(read_batch(data), message.media_group_id, now)
    batch = answered(texts, batch, sent.name or texts.plain("evidence.photo"), outcome, is_photo=sent.is_photo)
    shown = await show_again(message, page_screen(texts, page, batch=batch), batch.message)
    await await_answer(state, ref)
    await state.update_data(batch=batch_data(batch) | {"message": shown})


def _came_with(page: Page, source: str) -> bool:
    """Whether a file of the answers came with that message; otherwise its content was there before."""
    return any(one.source == source for value in page.answers.values() for one in files_of(value))


async def not_an_answer(_message: Message) -> None:
    """A sticker, a contact, whatever a form cannot take."""
    raise Refusal("form.text-please")


async def _is_location(message: Message) -> bool:
    return message.location is not None


async def _is_nothing_else(message: Message) -> bool:
    """What is neither text nor command."""
    return message.text is None


def setup(router: Router) -> None:
    """Private screens of whoever fills a form in."""
    router.callback_query.register(answer, FormAnswer.filter())
    router.callback_query.register(step, FormStep.filter(F.step.in_(_AT_A_QUESTION)))
    router.callback_query.register(turn, FormPage.filter())
    router.callback_query.register(list_answers, FormAnswers.filter())
    router.callback_query.register(whole, FormAll.filter())
    router.message.register(typed, Awaiting.form, is_answer)
    router.message.register(located, Awaiting.form, _is_location)
    router.message.register(received, Awaiting.form, has_file)
    router.message.register(not_an_answer, Awaiting.form, _is_nothing_else)
