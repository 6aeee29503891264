"""Links, texts and names of files as people send them."""

import pytest

from domain.evidence import file_name, is_link, link_of, short_caption, words_of
from domain.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" https://школа.рф/программа ", "https://школа.рф/программа"),
        ("school7.ru/doc.pdf", "https://school7.ru/doc.pdf"),
        ("HTTP://school7.ru", "HTTP://school7.ru"),
        ("школа-7.рф:8080", "https://школа-7.рф:8080"),
        ("xn--7-7sb3aeo2d.xn--p1ai", "https://xn--7-7sb3aeo2d.xn--p1ai"),
        ("disk.yandex.ru/i/abc?x=1#y", "https://disk.yandex.ru/i/abc?x=1#y"),
    ],
)
def test_link_is_kept_whole(typed: str, link: str) -> None:
    assert link_of(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        *("", "привет", "https://", "ftp://school7.ru", "javascript:alert(1)", "school7.ru и ещё", "http://[::1"),
        *("https://школа\n.рф", "https://school7.ru/" + "a" * 500, "school7@mail.ru", "mailto:school7@mail.ru"),
        *("https://school7.ru@evil.ru", "Размещено.", "10.03.2022", "1.5", "https://школа..рф", "school7.ru:99999"),
    ],
)
def test_what_is_no_link_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"evidence\.no-link"):
        link_of(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://school7.ru/а", True),
        ("www.school7.ru", True),
        ("школа7.рф/программа", True),
        ("Провели 12.03", False),
        ("смотрите school7.ru", False),
        ("", False),
    ],
)
def test_link_is_told_from_a_text(typed: str, expected: bool) -> None:
    assert is_link(typed) is expected


def test_text_is_put_in_order_and_has_its_limits() -> None:
    assert words_of("  Провели\t собрание \n\n\n 25  человек ") == "Провели собрание\n25 человек"
    with pytest.raises(Refusal, match=r"evidence\.no-text"):
        words_of(" \n\x00 ")
    with pytest.raises(Refusal, match=r"evidence\.long-text"):
        words_of("я" * 2001)
    assert words_of("я" * 2000) == "я" * 2000
    assert short_caption(" Наши \n фото " + "я" * 3000) == "Наши\nфото " + "я" * 1990


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Программа развития.pdf", "Программа развития.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Документы\\план.docx", "план.docx"),
        ("план\x00\n<1>.pdf", "план 1.pdf"),
        ("  .hidden.  ", "hidden"),
        ("", "файл"),
        ("...", "файл"),
        ("я" * 300 + ".pdf", "я" * 116 + ".pdf"),
        ("я" * 300, "я" * 120),
    ],
)
def test_name_of_a_file_is_safe_to_keep_and_to_show(raw: str, name: str) -> None:
    assert file_name(raw) == name
