"""An announcement on one screen: a draft with everything that can be chosen, a launched one with what became of it."""

from typing import Any

from actions.broadcast_look import BroadcastCard
from domain.broadcast import Broadcast, BroadcastState, words
from domain.button import Button, Keyboard, press
from handlers.batch import Batch
from handlers.show import Screen
from handlers.start import back_to_menu
from texts import Texts


def facts(card: BroadcastCard) -> dict[str, Any]:
    """What the texts tell of it."""
    return {"card": card, "one": card.one, "said": words(card.one.text), "zone": card.zone}


def back_to_card(texts: Texts, broadcast_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("broadcast.button-back"), press("bc", broadcast_id)),)


def back_from(texts: Texts, one: Broadcast) -> tuple[Button, ...]:
    """Back to the announcement, or to the meeting whose invitation it is."""
    if one.meeting_id is None:
        return back_to_card(texts, one.id)
    return (Button(texts.plain("meeting.button-back"), press("mt", one.meeting_id)),)


def look_button(texts: Texts, one: Broadcast) -> Button:
    """«Посмотреть»."""
    if one.meeting_id is None:
        return Button(texts.plain("broadcast.button-look"), press("bclook", one.id))
    return Button(texts.plain("meeting.button-look"), press("mtlook", one.meeting_id))


def to_list(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.plain("broadcast.button-list"), press("go", "broadcasts")), *back_to_menu(texts))


def broadcast_screen(texts: Texts, card: BroadcastCard, batch: Batch | None = None) -> Screen:
    """The card."""
    if card.one.meeting_id is not None:
        text = texts.html("broadcast.invitation", tally=card.tally, **facts(card))
        return Screen(text, (*_of_invitation(texts, card), back_from(texts, card.one)))
    if card.one.state is BroadcastState.DRAFT:
        received = "" if batch is None else texts.html("evidence.received", batch=batch) + "\n\n"
        return Screen(received + texts.html("broadcast.draft", **facts(card)), _of_draft(texts, card))
    return Screen(texts.html("broadcast.card", tally=card.tally, **facts(card)), _of_launched(texts, card))


def _of_draft(texts: Texts, card: BroadcastCard) -> Keyboard:
    one = card.one

    def button(name: str, data: str, **values: Any) -> Button:
        return Button(texts.plain(f"broadcast.button-{name}", **values), data)

    return (
        *(() if one.is_empty else ((button("look", press("bclook", one.id)),),)),
        (button("text", press("bctext", one.id)), button("files", press("bcfiles", one.id), count=len(one.files))),
        (button("audience", press("bcaud", one.id)), button("time", press("bcwhen", one.id))),
        (
            button("asks-ack", press("bcask", one.id, int(not one.asks_ack)), on=one.asks_ack),
            button("quiet", press("bcquiet", one.id, int(not one.is_quiet)), on=one.is_quiet),
        ),
        (button("delete", press("bcdel", one.id, 0)),),
        to_list(texts),
    )


def _of_invitation(texts: Texts, card: BroadcastCard) -> Keyboard:
    """Its words and its guests are the meeting's; here is only whether it arrived."""
    one, tally = card.one, card.tally
    if one.state is BroadcastState.DRAFT:
        return ()
    report = (Button(texts.plain("broadcast.button-report"), press("bcreport", one.id, 0)),)
    again = (Button(texts.plain("broadcast.button-resend"), press("bcagain", one.id)),)
    return (report, *((again,) if tally.failed and card.is_own else ()))


def _of_launched(texts: Texts, card: BroadcastCard) -> Keyboard:
    one, tally = card.one, card.tally
    has_gone, unread = one.removed_at is None, one.asks_ack and tally.acked < tally.arrived

    def button(name: str, data: str) -> Button:
        return Button(texts.plain(f"broadcast.button-{name}"), data)

    acks = (button("acks", press("bcacks", one.id, 0)),) if one.asks_ack else ()
    rows = [(button("report", press("bcreport", one.id, 0)), *acks)]
    if card.is_own and has_gone:
        rows += [(button("resend", press("bcagain", one.id)),)] if card.missed else []
        rows += [(button("nudge", press("bcnudge", one.id)),)] if unread else []
    if has_gone and tally.on_the_way:  # a coordinator stops what is somebody else's as well
        rows += [(button("stop", press("bcstop", one.id, 0)),)]
    if card.is_own and has_gone:
        rows += [(button("correct", press("bcfix", one.id)), button("remove", press("bcrm", one.id, 0)))]
    return (*rows, (button("copy", press("bccopy", one.id)),), to_list(texts))


def asked(texts: Texts, question: str, card: BroadcastCard, data: str, **values: Any) -> Screen:
    """«Точно?» with what will happen; the way back comes last."""
    sure = Button(texts.plain(f"broadcast.button-{question}-sure"), data)
    text = texts.html(f"broadcast.ask-{question}", tally=card.tally, **facts(card), **values)
    return Screen(text, ((sure,), back_to_card(texts, card.one.id)))
