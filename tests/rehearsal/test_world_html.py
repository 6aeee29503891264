"""Telegram's HTML: what is accepted, what it becomes, and the words of every refusal."""

import pytest

from rehearsal.refusals import Json, RefusalError
from rehearsal.rich_render import render_html
from rehearsal.rich_text import parse_html, trimmed


def entity(kind: str, offset: int, length: int, **more: object) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("просто", "просто", []),
        ("1 &lt; 2 &amp; &quot;да&quot; &#1078; &nbsp;", '1 < 2 & "да" ж &nbsp;', []),
        ("<b>а</b><strong>б</strong>", "аб", [entity("bold", 0, 1), entity("bold", 1, 1)]),
        ("🎉<i>мир</i>", "🎉мир", [entity("italic", 2, 3)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<B>A</b>", "A", [entity("bold", 0, 1)]),
        ("<s>x</s><u>y</u>", "xy", [entity("strikethrough", 0, 1), entity("underline", 1, 1)]),
        ("<b></b>x", "x", []),
        (
            '<a href="https://e.ru/?a=1&amp;b=2">тут</a>',
            "тут",
            [entity("text_link", 0, 3, url="https://e.ru/?a=1&b=2")],
        ),
        ("<a href='e.ru'>тут</a>", "тут", [entity("text_link", 0, 3, url="http://e.ru")]),
        ('<a href="nowhere">тут</a>', "тут", []),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ("<code>x</>", "x", [entity("code", 0, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    ],
)
def test_html_becomes_text_with_entities(source: str, text: str, entities: list[Json]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("да <br> нет", 'Unsupported start tag "br" at byte offset 5'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("5 < 7", 'Unsupported start tag "" at byte offset 2'),
        ("5 < 7>", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=http://e.ru>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_bad_html_is_refused_in_telegram_s_words(source: str, reason: str) -> None:
    with pytest.raises(RefusalError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


def test_spaces_around_go_and_entities_move_along() -> None:
    assert trimmed(*parse_html(" \n<b> да </b> <i> </i>")) == ("да", [entity("bold", 0, 2)])


@pytest.mark.parametrize(
    "html",
    [
        "просто &lt;текст&gt; &amp; всё",
        "<b>Привет</b> 🎉 <i>мир</i>",
        '<b>a<i>b</i></b> <a href="https://e.ru/?a=1&amp;b=2">тут</a>',
        "<blockquote>цитата</blockquote><code>x</code><tg-spoiler>y</tg-spoiler>",
    ],
)
def test_rendering_gives_back_the_same_html(html: str) -> None:
    assert render_html(*parse_html(html)) == html
