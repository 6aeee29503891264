"""«Текст для МЭДК»: the remarks of a school as plain text to be pasted."""

from collections.abc import Iterable, Iterator

from domain.medk import Chapter
from texts import Texts


def medk_text(school: str, municipality: str, chapters: Iterable[Chapter], texts: Texts) -> str:
    """The school, then its documents and items, each with what was remarked on it; empty where nothing was."""
    parts = [_chapter(one, texts) for one in chapters]
    if not parts:
        return ""
    return "\n\n".join([texts.plain("medk.heading", school=school, municipality=municipality), *parts])


def _chapter(chapter: Chapter, texts: Texts) -> str:
    return "\n".join([texts.plain("medk.chapter", subject=chapter.subject), *_entries(chapter, texts)])


def _entries(chapter: Chapter, texts: Texts) -> Iterator[str]:
    for number, remark in chapter.remarks:
        yield texts.plain("medk.entry", number=number, remark=remark)
