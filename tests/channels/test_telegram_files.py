"""Photos, documents and albums over HTTP: what goes together, and what becomes of the rest when a piece does not."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.methods import SendDocument

from channels.telegram import TELEGRAM, TelegramChannel, failure
from domain.button import Button
from domain.outbox import ChatAddress, Failure, FailureKind, OutFile, Outgoing, Refused, Sent
from rehearsal.clock import MovableClock
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.stock import PICTURE
from rehearsal.world import START, World

BUTTONS = ((Button("Ознакомлен(а)", "bcack:1"),),)
LONG = "я" * 1001
METHOD = SendDocument(chat_id=1, document="x")


def photos(world: World, count: int) -> tuple[OutFile, ...]:
    """Photos that the messenger knows by their ids."""
    return tuple(OutFile(world.files.photo(PICTURE).files[-1], is_photo=True) for _ in range(count))


def documents(world: World, count: int) -> tuple[OutFile, ...]:
    names = [f"План {number}.docx" for number in range(count)]
    return tuple(OutFile(world.files.document(b"docx", name, "").files[-1], name) for name in names)


def to(person: Person, text: str, *files: OutFile, **more: Any) -> Outgoing:
    return Outgoing(ChatAddress(TELEGRAM, person.id), text, files=files, **more)


def came(person: Person) -> list[Message]:
    """What the bot said, in order."""
    return [one for one in person.messages() if one.sender.is_bot]


def looks(person: Person) -> list[tuple[str, str, int]]:
    """(kind of media, words, buttons) of each message of the bot."""
    return [(one.media.kind if one.media else "", one.text, len(one.buttons)) for one in came(person)]


@pytest.mark.parametrize(("kind", "make"), [("photo", photos), ("document", documents)])
@pytest.mark.parametrize("text", ["<b>План</b> на март", "я" * 1000, ""])
async def test_one_file_goes_with_the_words_and_the_buttons_under_it(
    telegram: TelegramChannel, world: World, anna: Person, kind: str, make: Any, text: str
) -> None:
    outcome = await telegram.send(to(anna, text, *make(world, 1), buttons=BUTTONS))
    (message,) = came(anna)
    assert outcome == Sent(str(message.id))
    assert (message.html, looks(anna)) == (text, [(kind, message.text, 1)])


async def test_long_words_come_after_their_file(telegram: TelegramChannel, world: World, anna: Person) -> None:
    outcome = await telegram.send(to(anna, LONG, *documents(world, 1), buttons=BUTTONS))
    file, words = came(anna)
    assert outcome == Sent(str(words.id), (str(file.id),))
    assert looks(anna) == [("document", "", 0), ("", LONG, 1)]


async def test_several_files_come_in_albums_of_one_kind_and_then_the_words(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    world.flood = None
    sent = documents(world, 2)[:1] + photos(world, 3) + documents(world, 1)
    outcome = await telegram.send(to(anna, "Материалы", *sent, buttons=BUTTONS))
    ids = [str(one.id) for one in came(anna)]
    assert outcome == Sent(ids[-1], tuple(ids[:-1]))
    assert looks(anna) == [*[("photo", "", 0)] * 3, *[("document", "", 0)] * 2, ("", "Материалы", 1)]
    albums = [one.album for one in came(anna)]
    assert (albums[0], albums[3], albums[5]) == (albums[2], albums[4], None)
    assert albums[0] != albums[3]


async def test_files_without_words_carry_the_buttons_on_the_last(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    outcome = await telegram.send(to(anna, "", *documents(world, 3), buttons=BUTTONS))
    ids = [str(one.id) for one in came(anna)]
    assert outcome == Sent(ids[2], tuple(ids[:2]))
    assert looks(anna) == [("document", "", 0), ("document", "", 0), ("document", "", 1)]


async def test_ten_files_and_the_words_are_within_the_burst_of_a_chat(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    world.clock = MovableClock(START, running=True)
    outcome = await telegram.send(to(anna, "Материалы", *photos(world, 10)))
    assert isinstance(outcome, Sent)
    assert (len(outcome.beside), looks(anna)[-1]) == (10, ("", "Материалы", 0))


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("is_quiet", [True, False])
async def test_quiet_message_makes_no_sound(
    telegram: TelegramChannel, world: World, anna: Person, count: int, is_quiet: bool
) -> None:
    await telegram.send(to(anna, "да", *photos(world, count), is_quiet=is_quiet))
    assert {one.silent for one in came(anna)} == {is_quiet}


async def test_files_go_into_their_topic(telegram: TelegramChannel, world: World, anna: Person) -> None:
    forum = world.add_group("500+", [anna, world.bot], "supergroup", forum=True)
    topic = world.add_topic(forum, "Сроки")
    chat = ChatAddress(TELEGRAM, forum.id, topic.id, is_group=True)
    for count in (1, 2):
        assert isinstance(await telegram.send(Outgoing(chat, "да", files=photos(world, count))), Sent)
    said = [one for one in anna.messages(forum) if one.media is not None or one.text == "да"]
    assert [one.thread for one in said] == [topic.id] * 4


# --- When a piece does not go


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (lambda world: world.faults.fail("sendMessage"), FailureKind.LATER),
        (lambda world: world.faults.flood("sendMessage", retry_after=5), FailureKind.RETRY_AFTER),
        (lambda world: world.faults.drop("sendMessage"), FailureKind.LATER),
        (lambda world: world.faults.fail("sendMessage", code=403), FailureKind.OURS),
    ],
)
async def test_words_that_did_not_go_leave_word_of_the_files_that_did(
    telegram: TelegramChannel, world: World, anna: Person, trouble: Any, kind: FailureKind
) -> None:
    message = to(anna, "Материалы", *photos(world, 2))
    trouble(world)
    outcome = await telegram.send(message)
    assert isinstance(outcome, Failure)
    ids = tuple(str(one.id) for one in came(anna))
    assert (outcome.kind, outcome.beside, len(ids)) == (kind, ids, 2)


async def test_next_attempt_sends_only_what_is_left(telegram: TelegramChannel, world: World, anna: Person) -> None:
    sent = photos(world, 2) + documents(world, 2)
    world.faults.fail("sendMessage")
    first = await telegram.send(to(anna, "Материалы", *sent))
    assert isinstance(first, Failure)
    again = await telegram.send(to(anna, "Материалы", *sent, beside=first.beside))
    ids = [str(one.id) for one in came(anna)]
    assert (again, len(ids)) == (Sent(ids[-1], tuple(ids[:-1])), 5)


async def test_album_that_did_not_go_leaves_word_of_the_one_before(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    sent = (*photos(world, 2), *documents(world, 1), OutFile("AgACnonsense", "План.docx"))
    outcome = await telegram.send(to(anna, "Материалы", *sent))
    ids = tuple(str(one.id) for one in came(anna))
    assert outcome == Failure(FailureKind.OURS, Refused.WRONG_FILE, beside=ids)
    assert len(ids) == 2


async def test_flood_on_the_first_piece_carries_its_pause(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    world.faults.flood("sendMediaGroup", retry_after=7)
    expected = Failure(FailureKind.RETRY_AFTER, "flood", timedelta(seconds=7))
    assert await telegram.send(to(anna, "да", *photos(world, 2))) == expected
    assert came(anna) == []


async def test_person_who_blocked_the_bot_gets_no_files(telegram: TelegramChannel, world: World, anna: Person) -> None:
    anna.blocks()
    for count in (1, 2):
        outcome = await telegram.send(to(anna, "да", *photos(world, count)))
        assert isinstance(outcome, Failure)
        assert (outcome.kind, outcome.beside) == (FailureKind.BLOCKED, ())


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (lambda _: (OutFile("AgACnonsense", is_photo=True),), "да"),
        (lambda _: (OutFile("AgACnonsense", "План.docx"),), LONG),
        (lambda world: (OutFile(documents(world, 1)[0].remote_id, is_photo=True),), "да"),
        (lambda _: (OutFile("http://127.0.0.1/x.docx"),), "да"),
    ],
    ids=["no such photo", "no such document", "document as photo", "address"],
)
async def test_file_that_the_messenger_does_not_know(
    telegram: TelegramChannel, world: World, anna: Person, files: Any, text: str
) -> None:
    outcome = await telegram.send(to(anna, text, *files(world)))
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.is_refusal, came(anna)) == ("wrong-file", True, [])


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TelegramEntityTooLarge(METHOD, "Request Entity Too Large"), "file-too-big"),
        (TelegramBadRequest(METHOD, "Bad Request: file is too big for this kind of message"), "file-too-big"),
        (TelegramBadRequest(METHOD, "Bad Request: wrong file identifier/HTTP URL specified"), "wrong-file"),
        (
            TelegramBadRequest(METHOD, "Bad Request: wrong remote file identifier specified"),
            "wrong-file",
        ),
        (TelegramBadRequest(METHOD, "Bad Request: MEDIA_EMPTY"), "wrong-file"),
        (TelegramBadRequest(METHOD, "Bad Request: message caption is too long"), "ours"),
    ],
    ids=lambda value: getattr(value, "message", value),
)
@pytest.mark.parametrize("is_group", [True, False])
def test_what_is_wrong_with_a_file_is_written_down(error: Exception, reason: str, is_group: bool) -> None:
    found = failure(error, is_group=is_group)
    assert (found.kind, found.reason) == (FailureKind.OURS, reason)


# --- Written anew


async def edits(telegram: TelegramChannel, person: Person, message: Message | int, text: str, **more: Any) -> Any:
    message_id = message if isinstance(message, int) else message.id
    return await telegram.send(to(person, text, edits=str(message_id), **more))


async def test_text_is_written_anew_with_its_buttons(telegram: TelegramChannel, anna: Person) -> None:
    await telegram.send(to(anna, "в 10:00"))
    (message,) = came(anna)
    assert await edits(telegram, anna, message, "в <b>11:00</b>", buttons=BUTTONS) == Sent(str(message.id))
    assert (message.html, message.buttons, came(anna)) == ("в <b>11:00</b>", ["Ознакомлен(а)"], [message])


async def test_caption_is_written_anew_where_the_message_carries_a_file(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    await telegram.send(to(anna, "в 10:00", *documents(world, 1)))
    (message,) = came(anna)
    assert await edits(telegram, anna, message, "в 11:00", buttons=BUTTONS) == Sent(str(message.id))
    assert (looks(anna), len(message.edits)) == ([("document", "в 11:00", 1)], 1)


@pytest.mark.parametrize("count", [0, 1])
async def test_what_reads_so_already_is_a_success(
    telegram: TelegramChannel, world: World, anna: Person, count: int
) -> None:
    await telegram.send(to(anna, "в 10:00", *photos(world, count)))
    (message,) = came(anna)
    assert await edits(telegram, anna, message, "в 10:00") == Sent(str(message.id))
    assert (message.edits, came(anna)) == ([], [message])


async def test_deleted_message_cannot_be_written_anew_and_a_new_one_goes(
    telegram: TelegramChannel, anna: Person
) -> None:
    await telegram.send(to(anna, "в 10:00"))
    anna.deletes(came(anna)[0])
    outcome = await edits(telegram, anna, 2, "в 11:00", buttons=BUTTONS, is_quiet=True)
    (message,) = came(anna)
    assert (outcome, message.text, message.buttons) == (Sent(str(message.id)), "в 11:00", ["Ознакомлен(а)"])
    assert message.silent


@pytest.mark.parametrize("which", ["not there", "somebody else's"])
async def test_new_message_goes_where_the_messenger_refuses(
    telegram: TelegramChannel, anna: Person, which: str
) -> None:
    target = 999 if which == "not there" else anna.says("моё").id
    outcome = await edits(telegram, anna, target, "в 11:00")
    (message,) = came(anna)
    assert (outcome, message.text) == (Sent(str(message.id)), "в 11:00")


async def test_words_too_long_for_the_caption_go_as_a_new_message(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    await telegram.send(to(anna, "в 10:00", *photos(world, 1)))
    outcome = await edits(telegram, anna, came(anna)[0], "я" * 1025)
    assert outcome == Sent(str(came(anna)[1].id))
    assert looks(anna) == [("photo", "в 10:00", 0), ("", "я" * 1025, 0)]


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (lambda world, _: world.faults.fail("editMessageText"), FailureKind.LATER),
        (lambda world, _: world.faults.flood("editMessageText"), FailureKind.RETRY_AFTER),
        (lambda _, anna: anna.blocks(), FailureKind.BLOCKED),
    ],
)
async def test_trouble_with_an_edit_sends_no_second_message(
    telegram: TelegramChannel, world: World, anna: Person, trouble: Any, kind: FailureKind
) -> None:
    await telegram.send(to(anna, "в 10:00"))
    trouble(world, anna)
    outcome = await edits(telegram, anna, came(anna)[0], "в 11:00")
    assert isinstance(outcome, Failure)
    assert (outcome.kind, looks(anna)) == (kind, [("", "в 10:00", 0)])


# --- Deleted


async def removes(telegram: TelegramChannel, person: Person, *ids: int) -> Sent | Failure:
    return await telegram.send(to(person, "", removes=tuple(str(one) for one in ids)))


NOT_REMOVED = Failure(FailureKind.OURS, Refused.NOT_REMOVED)


async def test_every_message_is_deleted(telegram: TelegramChannel, world: World, anna: Person) -> None:
    await telegram.send(to(anna, "Материалы", *photos(world, 2)))
    assert await removes(telegram, anna, *[one.id for one in came(anna)]) == Sent("")
    assert came(anna) == []


async def test_what_is_too_old_to_be_deleted_stays_and_the_rest_goes(
    telegram: TelegramChannel, world: World, anna: Person
) -> None:
    await telegram.send(to(anna, "старое"))
    old = came(anna)[0]
    world.clock.advance(timedelta(hours=49))
    await telegram.send(to(anna, "новое"))
    new = came(anna)[1]
    outcome = await removes(telegram, anna, old.id, new.id)
    assert (outcome, came(anna)) == (NOT_REMOVED, [old])
    assert not (isinstance(outcome, Failure) and outcome.beside)


async def test_what_is_not_there_is_not_deleted(telegram: TelegramChannel, anna: Person) -> None:
    assert await removes(telegram, anna, 999) == NOT_REMOVED


async def test_what_an_earlier_attempt_deleted_is_no_failure(telegram: TelegramChannel, anna: Person) -> None:
    for text in ("раз", "два"):
        await telegram.send(to(anna, text))
    first, second = came(anna)
    await removes(telegram, anna, first.id)
    assert await removes(telegram, anna, first.id, second.id) == Sent("")


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (lambda world, _: world.faults.fail("deleteMessage"), FailureKind.LATER),
        (lambda world, _: world.faults.flood("deleteMessage"), FailureKind.RETRY_AFTER),
        (lambda _, anna: anna.blocks(), FailureKind.BLOCKED),
    ],
)
async def test_trouble_with_a_deletion(
    telegram: TelegramChannel, world: World, anna: Person, trouble: Any, kind: FailureKind
) -> None:
    await telegram.send(to(anna, "раз"))
    (message,) = came(anna)
    trouble(world, anna)
    outcome = await removes(telegram, anna, message.id)
    assert isinstance(outcome, Failure)
    assert (outcome.kind, came(anna)) == (kind, [message])


async def test_deletion_in_a_group_that_is_gone(telegram: TelegramChannel, world: World, anna: Person) -> None:
    group = world.add_group("500+", [anna, world.bot], "supergroup")
    anna.removes_bot(group)
    chat = ChatAddress(TELEGRAM, group.id, is_group=True)
    for message in (Outgoing(chat, "", removes=("5",)), Outgoing(chat, "да", edits="5")):
        outcome = await telegram.send(message)
        assert isinstance(outcome, Failure)
        assert outcome.kind is FailureKind.GONE
