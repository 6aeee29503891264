"""«Журнал»: who did what and when, narrowed by buttons, as a file."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.audit import SHOWN, Audits, AuditView
from domain.audit_look import Narrowing, Span
from domain.audit_topic import Topic
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.paging import Row, turning
from handlers.person import back_to_hub
from handlers.picking import label
from handlers.presses.audit import AuditFile, AuditPage, AuditTopics, AuditWho, who_of
from handlers.presses.menu import Go
from handlers.show import Screen, send_file, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

ROOM = 60
"""Characters of a name on the screen."""
_OFFERED = 6
"""People to choose from, when a typed name means several."""


async def show_audit(
    event: Message | CallbackQuery, member: Member, audits: Audits, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Журнал»: everything, the newest first."""
    await state.clear()
    await show(event, audit_screen(texts, await audits.page(Narrowing(), 0, by=member, now=clock())))


async def turn_page(
    call: CallbackQuery,
    callback_data: AuditPage,
    member: Member,
    audits: Audits,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Another page, or other rows."""
    await state.clear()
    found = await audits.page(callback_data.narrowing, callback_data.page, by=member, now=clock())
    await show(call, audit_screen(texts, found))


def audit_screen(texts: Texts, found: AuditView) -> Screen:
    """A page with every way to narrow it."""
    narrowing = found.choice.narrowing
    turns = turning(texts, found.total, found.page, lambda page: _turn(narrowing, page), SHOWN)
    rows = (turns, _spans(texts, narrowing), _ways(texts, narrowing), _file(texts, found), back_to_hub(texts))
    return Screen(texts.html("audit.screen", found=found, room=ROOM), tuple(row for row in rows if row))


def _spans(texts: Texts, narrowing: Narrowing) -> Row:
    return tuple(
        _to(texts.plain(f"audit.span-{span.name.lower()}"), replace(narrowing, span=span))
        for span in (Span.TODAY, Span.WEEK, Span.MONTH, Span.EVER)
        if span is not narrowing.span
    )


def _ways(texts: Texts, now: Narrowing) -> Row:
    topic = Button(texts.plain("audit.button-topic"), press("auditby", who_of(now), now.topic or "", now.span))
    who = Button(texts.plain("audit.button-who"), press("auditwho", who_of(now), now.topic or "", now.span))
    everything = _to(texts.plain("audit.button-everything"), Narrowing())
    return (topic, who) if now.is_everything else (topic, who, everything)


def _file(texts: Texts, found: AuditView) -> Row:
    now = found.choice.narrowing
    acts = Button(texts.plain("audit.button-acts"), press("go", "erasures"))
    button = Button(texts.plain("audit.button-file"), press("auditfile", who_of(now), now.topic or "", now.span))
    return (button, acts) if found.total else (acts,)


def _to(caption: str, narrowing: Narrowing) -> Button:
    return Button(caption, _turn(narrowing))


def _turn(narrowing: Narrowing, page: int = 0) -> str:
    return press("audit", who_of(narrowing), narrowing.topic or "", narrowing.span, page)


async def choose_topic(
    call: CallbackQuery, callback_data: AuditTopics, member: Member, audits: Audits, texts: Texts, state: FSMContext
) -> None:
    """«О чём»."""
    await state.clear()
    choice = await audits.choice(callback_data.narrowing, by=member)
    now = choice.narrowing
    topics = [_to(texts.plain(f"audit.topic-{topic}"), replace(now, topic=topic)) for topic in Topic]
    rows = tuple(tuple(topics[start : start + 2]) for start in range(0, len(topics), 2))
    every = (_to(texts.plain("audit.button-every-topic"), replace(now, topic=None)),)
    text = texts.html("audit.ask-topic", choice=choice)
    await show(call, Screen(text, (*rows, every, (_to(texts.plain("audit.button-back"), now),))))


async def ask_who(
    call: CallbackQuery, callback_data: AuditWho, member: Member, audits: Audits, texts: Texts, state: FSMContext
) -> None:
    """«Кто»: a name or a number is typed."""
    choice = await audits.choice(callback_data.narrowing, by=member)
    await state.set_state(Awaiting.audit_who)
    await state.set_data({"topic": choice.narrowing.topic, "span": choice.narrowing.span})
    anybody = replace(choice.narrowing, person_id=None, by_operator=False)
    row = (
        _to(texts.plain("audit.button-everybody"), anybody),
        _to(texts.plain("audit.button-operator"), replace(anybody, by_operator=True)),
    )
    back = (_to(texts.plain("audit.button-back"), choice.narrowing),)
    await show(call, Screen(texts.html("audit.ask-who", choice=choice), (row, back)))


async def typed_who(
    message: Message, member: Member, audits: Audits, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The name or the number; where it means several people they are offered."""
    data = await state.get_data()
    found = await audits.people(message.text or "", by=member)
    topic = Topic(data["topic"]) if data["topic"] else None
    narrowed = [Narrowing(one, topic=topic, span=Span(data["span"])) for one in found]
    if len(found) == 1:
        await state.clear()
        await show(message, audit_screen(texts, await audits.page(narrowed[0], 0, by=member, now=clock())))
        return
    people = tuple((_to(label(name), one),) for one, name in zip(narrowed, found.values(), strict=True))[:_OFFERED]
    text = texts.html("audit.which", total=len(found), shown=_OFFERED)
    await show(message, Screen(text, (*people, never_mind(texts))))


async def download(
    call: CallbackQuery, callback_data: AuditFile, member: Member, audits: Audits, clock: Clock, texts: Texts
) -> None:
    """«Скачать»: the rows that are looked at, all of them."""
    file = await audits.export(callback_data.narrowing, by=member, now=clock())
    caption = texts.html("audit.file-caption", file=file)
    await send_file(call, texts.plain("audit.file-name", day=file.day), file.content, caption)
    await call.answer(texts.plain("audit.file-toast"))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(show_audit, Go.filter(F.section == "audit"))
    router.callback_query.register(turn_page, AuditPage.filter())
    router.callback_query.register(choose_topic, AuditTopics.filter())
    router.callback_query.register(ask_who, AuditWho.filter())
    router.callback_query.register(download, AuditFile.filter())
    router.message.register(typed_who, Awaiting.audit_who, is_answer)
