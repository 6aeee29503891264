"""The page of cards: what stands on it, that nothing typed breaks it, and that it needs no network."""

import re
from datetime import date
from html.parser import HTMLParser
from random import Random

import pytest
import segno

from domain.card import CodeCard
from domain.invite import Invitation, draw_code
from domain.registry import Registered
from reports.cards import as_page
from tests.people import msk
from tests.texts.values import evil
from texts import Texts

UNTIL = date(2022, 4, 9)
TEXTS = Texts()
CODE = "7KQ2-MN4P-X9CD"


def a_card(
    name: str = "Соколова Анна",
    position: str = "директор",
    municipality: str = "Южский район",
    place: str = "Школа № 7",
    code: str = CODE,
) -> CodeCard:
    return CodeCard(Registered(7, name, position), municipality, place, Invitation(code, msk("2022-04-09 23:59:59")))


def printed(*cards: CodeCard) -> str:
    return as_page(cards, "road_bot", UNTIL, TEXTS)


class Page(HTMLParser):
    """The words of each class, the kinds of tags, and what would be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: dict[str, list[str]] = {}
        self.tags: set[str] = set()
        self.fetched: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in ("meta", "path"):
            self.open.append((tag, given.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.words.setdefault(self.open[-1][1] or self.open[-1][0], []).append(data.replace("\u00a0", " "))


def test_a_card_says_who_where_the_code_how_and_until_when() -> None:
    page = Page(printed(a_card()))
    assert page.words["name"] == ["Соколова Анна"]
    assert (page.words["position"], page.words["home"], page.words["place"]) == (
        ["директор"],
        ["Южский район"],
        ["Школа № 7"],
    )
    assert page.words["code"] == [CODE]
    assert page.words["p"] == [
        "1. Наведите камеру на квадрат и нажмите «Запустить».",
        "2. Или отправьте этот код в Telegram: @road_bot",
        "Код только для Вас, на один раз, по 9 апреля 2022, сб.",
    ]
    assert page.words["name-of-sheet"] == ["Лист 1 из 1 · Южский район"]
    assert page.open == []


def test_the_square_holds_the_deep_link() -> None:
    """The same square as one drawn for the link, and another for another link."""
    (path,) = re.findall(r'<path[^>]* d="([^"]+)"', printed(a_card()))
    drawn = [
        segno.make(f"https://t.me/road_bot?start={code}", error="m", micro=False, mask=0).svg_inline(border=2)
        for code in (CODE, "2222-2222-2222")
    ]
    assert [path in one for one in drawn] == [True, False]


def test_the_page_needs_nothing_from_the_network() -> None:
    html = printed(a_card())
    page = Page(html)
    assert page.fetched == []
    assert page.tags == {
        *("html", "head", "meta", "title", "style", "body", "p", "section", "div", "article", "svg", "path")
    }
    assert not re.findall(r"url\(|@import|https?://", html)


def test_cards_fill_sheets_of_eight_in_their_order() -> None:
    cards = [a_card(f"Участник {number}", municipality=f"Район {number // 10}") for number in range(19)]
    html = printed(*cards)
    page = Page(html)
    assert page.words["name"] == [one.person.name for one in cards]
    assert [len(re.findall("<article", sheet)) for sheet in html.split("<section")[1:]] == [8, 8, 3]
    assert page.words["name-of-sheet"] == [
        "Лист 1 из 3 · Район 0",
        "Лист 2 из 3 · Район 0, Район 1",
        "Лист 3 из 3 · Район 1",
    ]
    assert page.words["note"][0].startswith("19 карточек для печати на А4")


def test_what_is_not_known_takes_no_line_and_who_has_no_name_has_a_number() -> None:
    page = Page(printed(a_card("", "", "", "")))
    assert page.words["name"] == ["участник № 7"]
    assert page.words.keys() & {"position", "home", "place"} == set()
    assert page.words["name-of-sheet"] == ["Лист 1 из 1"]


@pytest.mark.parametrize(
    "typed", ["</article><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & Ко", evil(300)]
)
def test_hostile_names_are_only_words(typed: str) -> None:
    page = Page(printed(a_card(typed, typed, typed, typed), a_card()))
    assert page.tags.isdisjoint({"script", "img", "b", "a"})
    assert (page.open, page.fetched) == ([], [])
    assert len(page.words["name"]) == 2
    if len(typed) < 60:
        assert [page.words[kind][0] for kind in ("name", "position", "home", "place")] == [typed] * 4


def test_long_names_are_cut_to_what_fits() -> None:
    page = Page(printed(a_card("А" * 200, "Б" * 200, "В" * 200, "Г" * 300)))
    lengths = [len(page.words[kind][0]) for kind in ("name", "position", "home", "place")]
    assert lengths == [90, 70, 60, 170]


def test_five_hundred_cards_are_one_page_of_two_megabytes_at_most() -> None:
    chance = Random(1)  # noqa: S311 - codes that let nobody in
    cards = [a_card(f"Участник {number}", code=draw_code(chance)) for number in range(500)]
    html = printed(*cards)
    assert html.count("<article") == 500
    assert len(html.encode()) < 2_000_000
