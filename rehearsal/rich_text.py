"""Telegram's HTML: strict parsing into plain text with entities.

The rules and the words of the errors follow tdlib's ``parse_html``; offsets in errors are bytes of UTF-8, offsets of
entities are UTF-16 code units.
"""

import re
from dataclasses import dataclass, field

from rehearsal.refusals import Json, RefusalError, bad_request

KIND_OF_TAG = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
FLAGS = {("blockquote", "expandable")}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
SPACE = " \t\n\r\v\f\0"
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the measure of entity offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    offset: int
    argument: str
    written: int


@dataclass
class _Parser:
    source: str
    at: int = 0
    offset: int = 0
    written: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            found = min(
                (p for p in (self.source.find("<", self.at), self.source.find("&", self.at)) if p >= 0), default=-1
            )
            stop = len(self.source) if found < 0 else found
            self.write(self.source[self.at : stop])
            self.at = stop
            if found >= 0:
                self.special()
        if self.stack:
            raise self.error(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.written), self.entities

    def write(self, text: str) -> None:
        if text:
            self.written.append(text)
            self.offset += utf16_length(text)

    def special(self) -> None:
        if self.source[self.at] == "&":
            text, self.at = _reference(self.source, self.at)
            self.write(text)
        elif self.source.startswith("/", self.at + 1):
            self.end_tag()
        else:
            self.start_tag()

    def error(self, reason: str) -> RefusalError:
        return bad_request(f"can't parse entities: {reason}")

    def error_at(self, reason: str, begin: int, rest: str = "") -> RefusalError:
        return self.error(f"{reason} at byte offset {len(self.source[:begin].encode())}{rest}")

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def skip_spaces(self) -> None:
        while self.peek() and self.peek() in SPACE:
            self.at += 1

    def word(self, stops: str) -> str:
        begin = self.at
        while self.peek() and self.peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.word(SPACE + ">").lower()
        if not self.peek():
            raise self.error_at("Unclosed start tag", begin)
        if tag not in KIND_OF_TAG:
            raise self.error_at(f'Unsupported start tag "{tag}"', begin)
        argument = self.attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise self.error_at('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, self.offset, argument, len(self.written)))

    def attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self.skip_spaces()
            if self.peek() == ">":
                self.at += 1
                return argument
            name, value = self.attribute(tag, begin)
            argument = _argument(tag, name, value) or argument

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self.word(SPACE + "=>")
        if (tag, name) in FLAGS:
            return name, name
        if not name:
            raise self.error_at(f'Empty attribute name in the tag "{tag}"', begin)
        self.skip_spaces()
        if self.peek() != "=":
            raise self.error_at(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self.at += 1
        self.skip_spaces()
        if not self.peek():
            raise self.error_at(f'Unclosed start tag "{tag}"', begin)
        value = self.quoted() if self.peek() in "'\"" else self.token()
        if not self.peek():
            raise self.error_at("Unclosed start tag", begin)
        return name, value

    def token(self) -> str:
        begin = self.at
        found = NAME_TOKEN.match(self.source, begin)
        self.at = found.end() if found else begin
        if self.peek() and self.peek() not in SPACE + ">":
            raise self.error_at("Unexpected end of name token", begin)
        return self.source[begin : self.at].lower()

    def quoted(self) -> str:
        quote = self.peek()
        self.at += 1
        value: list[str] = []
        while self.peek() and self.peek() != quote:
            if self.peek() == "&":
                text, self.at = _reference(self.source, self.at)
                value.append(text)
            else:
                value.append(self.peek())
                self.at += 1
        self.at += 1
        return "".join(value)

    def end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise self.error_at("Unexpected end tag", begin)
        self.at += 2
        tag = self.word(SPACE + ">").lower()
        self.skip_spaces()
        if self.peek() != ">":
            raise self.error_at("Unclosed end tag", begin)
        self.at += 1
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            raise self.error_at("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        entity: Json = {"type": KIND_OF_TAG[opened.tag], "offset": opened.offset, "length": self.offset - opened.offset}
        if opened.tag == "a":
            url = link(opened.argument or "".join(self.written[opened.written :]))
            if not url:
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise self.error("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "pre" and self.joined_with_code(entity):
            return
        self.entities.append(entity)

    def joined_with_code(self, pre: Json) -> bool:
        """``<pre><code class="language-x">`` is one entity ``pre`` with a language."""
        last = self.entities[-1] if self.entities else {}
        if last.get("type") != "code" or (last["offset"], last["length"]) != (pre["offset"], pre["length"]):
            return False
        last["type"] = "pre"
        return True


def _reference(source: str, at: int) -> tuple[str, int]:
    """The character of a ``&reference;`` and the place after it; an unknown one is an ordinary ampersand."""
    found = REFERENCE.match(source, at)
    if not found:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name:
        return (NAMED[name], found.end()) if name in NAMED else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else ("&", at + 1)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("blockquote", "expandable")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def link(url: str) -> str:
    """The address as Telegram keeps it, or an empty string: such a link is silently dropped from a text."""
    if re.fullmatch(r"(https?|tg|ton|tonsite)://\S+", url, re.IGNORECASE) or re.fullmatch(r"mailto:\S+|tel:\S+", url):
        return url
    return f"http://{url}" if re.fullmatch(r"[\w\-]+(\.[\w\-]+)+(/\S*)?", url) else ""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities of ``source``; raises Telegram's refusal where the server would."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _Parser(source).parse()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without spaces around it, as the server keeps it, and the entities moved along."""
    bare = text.strip()
    if bare == text:
        return text, entities
    shift, size = utf16_length(text[: len(text) - len(text.lstrip())]), utf16_length(bare)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, size)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return bare, kept
