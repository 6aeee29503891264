"""Files, places and voices sent from the page, and how files are given back."""

from base64 import b64encode
from typing import Any
from urllib.parse import unquote

import pytest

from rehearsal.files import DOWN_LIMIT, PHOTO_LIMIT
from rehearsal.messages import Message
from rehearsal.page.uploads import clean_name
from rehearsal.stock import PICTURE
from tests.rehearsal.browser import Browser

HTML = b"<script>alert(1)</script>"


async def sent(browser: Browser, files: list[tuple[str, bytes]], **fields: Any) -> list[Message]:
    """Upload to the private chat of the coordinator; what it has become."""
    marina = browser.cast.coordinator
    before = {message.id for message in marina.private().live()}
    asked = {"person": marina.id, "chat": marina.id, "kind": "document", **fields}
    status, told = await browser.upload(files, **asked)
    assert (status, told) == (200, {})
    return [one for one in marina.private().live() if one.id not in before and one.sender is marina]


async def refused(browser: Browser, files: list[tuple[str, bytes]], kind: str) -> str:
    """The sentence with which it is refused; nothing has been sent."""
    marina = browser.cast.coordinator
    said = len(browser.page.world.messages())
    status, told = await browser.upload(files, person=marina.id, chat=marina.id, kind=kind)
    assert (status, len(browser.page.world.messages())) == (200, said)
    return str(told["refused"])


async def test_a_photo_comes_as_a_picture_with_its_caption(browser: Browser) -> None:
    (photo,) = await sent(browser, [("x.png", PICTURE)], kind="photo", caption="  Наш педсовет ")
    (*_, shown) = [one for one in await browser.messages(browser.cast.coordinator) if one["id"] == photo.id]
    assert (shown["html"], shown["media"]) == (
        "Наш педсовет",
        {"kind": "photo", "label": "Фотография", "file": photo.media.files[-1], "width": 1, "height": 1},  # type: ignore[union-attr]
    )


async def test_several_photos_are_an_album(browser: Browser) -> None:
    photos = await sent(browser, [(f"{number}.png", PICTURE) for number in range(3)], kind="photo", caption="три")
    assert [photo.text for photo in photos] == ["три", "", ""]
    shown = [one["album"] for one in await browser.messages(browser.cast.coordinator) if one["album"]]
    assert (len(shown), len(set(shown))) == (3, 1)


async def test_several_files_are_documents_one_by_one(browser: Browser) -> None:
    files = await sent(browser, [("отчёт.xlsx", b"1"), ("x.png", PICTURE)], caption="вот")
    assert [(one.text, one.media.content["file_name"], one.album) for one in files if one.media] == [  # type: ignore[call-overload]
        ("вот", "отчёт.xlsx", None),
        ("", "x.png", None),
    ]


NAMES = [
    ('"><img src=x onerror=alert(1)>.pdf', '"><img src=x onerror=alert(1)>.pdf'),
    ("../../x", "x"),
    ("C:\\Windows\\system.ini", "system.ini"),
    ("..", "file"),
    ("", "file"),
    ("otchet\u202excod.exe", "otchetxcod.exe"),
    ("a\r\nX-Evil: 1\x00.txt", "aX-Evil: 1.txt"),
    ("я" * 300 + ".docx", "я" * 115 + ".docx"),
    ("я" * 300, "я" * 120),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names_lose_what_is_dangerous(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(("given", "kept"), NAMES[:2])
async def test_a_hostile_name_goes_no_further_than_a_name(browser: Browser, given: str, kept: str) -> None:
    (document,) = await sent(browser, [(given, HTML)])
    assert document.media
    shown = (await browser.messages(browser.cast.coordinator))[-1]["media"]
    assert (shown["name"], shown["size"]) == (kept, len(HTML))
    async with browser.session.get(f"{browser.base}/page/file/{shown['file']}") as response:
        assert await response.read() == HTML
        disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert unquote(disposition.partition("''")[2]) == kept
    assert not set(disposition.partition("''")[2]) & set('"<>/\\\r\n ;')


async def test_refusals_say_what_to_do(browser: Browser) -> None:
    assert await refused(browser, [("а.txt", b"")], "document") == "Файл «а.txt» пустой. Выберите другой."
    assert "не картинка. Отправьте файлом" in await refused(browser, [("x.png", HTML)], "photo")
    assert "не картинка" in await refused(browser, [("x.png", PICTURE), ("x.wav", b"RIFF1234WAVE")], "photo")
    big = PICTURE + bytes(PHOTO_LIMIT)
    assert "больше 10 МБ. Отправьте её файлом" in await refused(browser, [("x.png", big)], "photo")
    assert "больше 20 МБ" in await refused(browser, [("x.bin", bytes(DOWN_LIMIT + 1))], "document")


async def test_a_picture_of_11_megabytes_goes_as_a_file(browser: Browser) -> None:
    (document,) = await sent(browser, [("x.png", PICTURE + bytes(PHOTO_LIMIT))])
    assert document.media
    assert document.media.kind == "document"


async def test_nonsense_instead_of_a_form_is_refused(browser: Browser) -> None:
    marina = browser.cast.coordinator.id
    here = {"person": marina, "chat": marina, "kind": "document"}
    ten = [(f"{number}.txt", b"x") for number in range(11)]
    assert (await browser.upload([], **here))[0] == 415
    assert (await browser.upload(ten, **here))[0] == 400
    assert (await browser.upload(ten[:1], **here | {"person": "x"}))[0] == 400
    assert (await browser.upload(ten[:1], **here, caption="x" * 1025))[0] == 400
    assert (await browser.post("upload", **here, files=[{"name": "x", "data": "eA=="}]))[0] == 415


async def test_only_the_page_itself_uploads(browser: Browser) -> None:
    foreign = {"Origin": "https://evil.example"}
    async with browser.session.post(f"{browser.base}/page/upload", data={"person": "1"}, headers=foreign) as response:
        assert response.status == 403


async def test_what_was_uploaded_is_written_down_like_any_step(browser: Browser) -> None:
    marina = browser.cast.coordinator.id
    await sent(browser, [("х.txt", b"x")], caption="вот")
    step = browser.page.saving.journal.steps[-1]
    files = [{"name": "х.txt", "data": b64encode(b"x").decode()}]
    assert (step.do, step.asked) == (
        "upload",
        {"person": marina, "chat": marina, "kind": "document", "caption": "вот", "files": files},
    )


async def test_a_place_and_a_voice(browser: Browser) -> None:
    olga, group = browser.cast.directors[0], browser.cast.project
    here = {"person": olga.id, "chat": group.id}
    assert (await browser.post("place", **here, latitude=56.9985, longitude=40.9737))[0] == 200
    assert (await browser.post("voice", **here))[0] == 200
    place, voice = (one["media"] for one in (await browser.messages(olga, group.id))[-2:])
    assert (place["latitude"], place["longitude"]) == (56.9985, 40.9737)
    assert voice["seconds"] == 4
    async with browser.session.get(f"{browser.base}/page/file/{voice['file']}") as response:
        data = await response.read()
        assert (response.content_type, data[:4], len(data) < 15_000) == ("audio/ogg", b"OggS", True)
    for wrong in ({"latitude": 91, "longitude": 0}, {"latitude": "nan", "longitude": 0}, {"latitude": 0}):
        assert (await browser.post("place", **here, **wrong))[0] == 400


async def test_a_picture_is_shown_whatever_its_name_and_cannot_run(browser: Browser) -> None:
    (document,) = await sent(browser, [("x.html", PICTURE)])
    assert document.media
    async with browser.session.get(f"{browser.base}/page/file/{document.media.files[0]}") as response:
        assert response.content_type == "image/png"
        assert response.headers["Content-Disposition"].startswith("inline;")
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_anything_else_is_only_downloaded(browser: Browser) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for name, data in (("x.svg", svg), ("x.png", HTML), ("x.ogg", b"OggS")):
        (document,) = await sent(browser, [(name, data)])
        assert document.media
        async with browser.session.get(f"{browser.base}/page/file/{document.media.files[0]}") as response:
            assert response.content_type == "application/octet-stream"
            assert response.headers["Content-Disposition"].startswith("attachment;")
    marina = browser.cast.coordinator
    voice = marina.sends_voice(HTML, 1)
    assert voice.media
    async with browser.session.get(f"{browser.base}/page/file/{voice.media.files[0]}") as response:
        assert response.content_type == "application/octet-stream"


async def test_a_player_asks_for_a_part_of_a_file(browser: Browser) -> None:
    (document,) = await sent(browser, [("x.txt", b"0123456789")])
    assert document.media
    address = f"{browser.base}/page/file/{document.media.files[0]}"
    for asked, status, got in (("bytes=2-4", 206, b"234"), ("bytes=-3", 206, b"789"), ("bytes=0-", 206, b"0123456789")):
        async with browser.session.get(address, headers={"Range": asked}) as response:
            assert (response.status, await response.read()) == (status, got)
    for asked in ("bytes=20-", "lines=1-2"):
        async with browser.session.get(address, headers={"Range": asked}) as response:
            assert response.status == 416
    async with browser.session.get(f"{browser.base}/page/file/none") as response:
        assert response.status == 404
