"""Files both ways, albums, places, copies."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from aiohttp import ClientSession

from rehearsal.files import DOWN_LIMIT
from rehearsal.person import Person
from rehearsal.stock import PICTURE
from rehearsal.world import World
from rehearsal.world_server import WorldServer


async def test_a_photo_is_downloaded_as_it_was_sent(bot: Bot, anna: Person) -> None:
    anna.sends_photo(PICTURE, caption="класс")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.photo
    assert update.message.caption == "класс"
    got = await bot.download(update.message.photo[-1])
    assert got is not None
    assert got.read() == PICTURE


async def test_a_document_goes_out_and_comes_again_by_its_id(bot: Bot, school: Person) -> None:
    sent = await bot.send_document(school.id, BufferedInputFile("отчёт".encode(), "отчёт.txt"), caption="<b>Отчёт</b>")
    assert sent.document
    assert (sent.document.file_name, sent.caption) == ("отчёт.txt", "Отчёт")
    again = await bot.send_document(school.id, sent.document.file_id)
    assert again.document == sent.document
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(school.id, sent.document.file_id)


async def test_wrong_files(bot: Bot, school: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(school.id, BufferedInputFile(b"not a picture", "x.jpg"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(school.id, BufferedInputFile(b"", "x.txt"))
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_photo(school.id, "AgACnonsense")


async def test_over_20_megabytes_is_not_downloaded(bot: Bot, anna: Person) -> None:
    message = anna.sends_document(b"0" * (DOWN_LIMIT + 1), "большой.bin")
    assert message.media
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(message.media.files[0])


async def test_an_unknown_path_is_not_found(server: WorldServer) -> None:
    async with ClientSession() as session, session.get(f"{server.base}/file/bot42:TEST/photos/none.jpg") as response:
        assert (response.status, await response.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


async def test_an_album_of_a_person_is_separate_messages(bot: Bot, anna: Person) -> None:
    anna.sends_album([PICTURE, PICTURE, PICTURE], caption="праздник")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [message.caption for message in messages] == ["праздник", None, None]
    assert len({message.media_group_id for message in messages}) == 1


async def test_an_album_of_the_bot(bot: Bot, school: Person) -> None:
    media = [InputMediaPhoto(media=BufferedInputFile(PICTURE, "x.png"), caption="<i>раз</i>") for _ in range(2)]
    sent = await bot.send_media_group(school.id, list(media))
    assert [message.media_group_id for message in sent] == [sent[0].media_group_id] * 2
    assert school.last().html == "<i>раз</i>"
    with pytest.raises(TelegramBadRequest, match="too many messages to send as an album"):
        await bot.send_media_group(school.id, [InputMediaPhoto(media="x")] * 11)


async def test_a_place_a_voice_and_typing(bot: Bot, school: Person) -> None:
    sent = await bot.send_location(school.id, 55.75, 37.61)
    assert sent.location
    assert (sent.location.latitude, sent.location.longitude) == (55.75, 37.61)
    voiced = await bot.send_voice(school.id, BufferedInputFile(b"OggS", "x.oga"), duration=3)
    assert voiced.voice
    assert voiced.voice.duration == 3
    assert await bot.send_chat_action(school.id, "typing")
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(school.id, "dancing")


async def test_a_person_s_place_voice_edit_and_deletion(bot: Bot, anna: Person) -> None:
    anna.sends_location(55.75, 37.61)
    anna.sends_voice(b"OggS", 2)
    anna.edits(anna.says("ошипка"), "ошибка")
    kinds = [(u.event_type, u.message.content_type if u.message else None) for u in await bot.get_updates()]
    assert kinds == [("message", "location"), ("message", "voice"), ("message", "text"), ("edited_message", None)]
    anna.deletes(anna.last())
    assert len(anna.messages()) == 2


async def test_copy_and_forward(bot: Bot, school: Person, world: World, boris: Person) -> None:
    boris.starts()
    words = school.says("важно")
    copied = await bot.copy_message(boris.id, school.id, words.id)
    assert boris.last().text == "важно"
    assert boris.last().id == copied.message_id
    forwarded = await bot.forward_message(boris.id, school.id, words.id)
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "user"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(boris.id, school.id, 999)
    kept = await bot.send_message(school.id, "x", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="message can't be forwarded"):
        await bot.forward_message(boris.id, school.id, kept.message_id)


async def test_albums_are_of_one_kind_and_of_two_to_ten(bot: Bot, school: Person, world: World) -> None:
    sent = await bot.send_document(school.id, BufferedInputFile(b"docx", "План.docx"))
    assert sent.document
    file_id = sent.document.file_id
    with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type in the album"):
        await bot.send_media_group(school.id, [InputMediaDocument(media=file_id), InputMediaPhoto(media=file_id)])
    with pytest.raises(TelegramBadRequest, match="an album has 2-10 items"):
        await bot.send_media_group(school.id, [InputMediaDocument(media=file_id)])
    world.clock.advance(timedelta(seconds=10))
    album = await bot.send_media_group(school.id, [InputMediaDocument(media=file_id)] * 10, disable_notification=True)
    assert [one.document for one in album] == [sent.document] * 10
    assert [one.silent for one in school.messages()[-11:]] == [False, *[True] * 10]


async def test_caption_is_written_anew_and_words_without_a_file_have_none(bot: Bot, school: Person) -> None:
    file = await bot.send_photo(school.id, BufferedInputFile(PICTURE, "x.png"), caption="в 10:00")
    assert await bot.edit_message_caption(chat_id=school.id, message_id=file.message_id, caption="в <b>11:00</b>")
    assert (school.last().html, [one.text for one in school.last().edits]) == ("в <b>11:00</b>", ["в 10:00"])
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_caption(chat_id=school.id, message_id=file.message_id, caption="в <b>11:00</b>")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("да", chat_id=school.id, message_id=file.message_id)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.edit_message_caption(chat_id=school.id, message_id=file.message_id, caption="я" * 1025)
    words = await bot.send_message(school.id, "в 10:00")
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=school.id, message_id=words.message_id, caption="да")


async def test_message_of_the_bot_is_deleted_for_two_days_and_not_later(bot: Bot, school: Person, world: World) -> None:
    old, new = [await bot.send_message(school.id, text) for text in ("раз", "два")]
    assert await bot.delete_message(school.id, new.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(school.id, new.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("три", chat_id=school.id, message_id=new.message_id)
    world.clock.advance(timedelta(hours=49))
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(school.id, old.message_id)
    assert school.last().text == "раз"


async def test_album_is_charged_message_by_message(bot: Bot, school: Person) -> None:
    album = [InputMediaPhoto(media=BufferedInputFile(PICTURE, "x.png")) for _ in range(10)]
    await bot.send_media_group(school.id, list(album))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(school.id, "да")
