"""Names of the words of the page and its scripts: ``page.<name>`` in the texts; the scripts fill in ``{name}``."""

WORDS = (
    "title", "note", "note-short", "opening", "lost", "noscript",
    "groups", "people", "no-messages",
    "clock", "hour", "day", "notice", "moving", "jump-nothing", "jump-failed", "busy",
    "hints-title", "hint-clock", "hint-buttons", "hint-people",
    "seen-by", "members-one", "members-few", "members-many",
    "act-as", "placeholder", "send", "commands", "start", "unblock", "about-bot", "bot-away", "add-bot",
    "edited", "unread", "to-bottom", "back", "reply", "cancel-reply", "close", "open-link", "link-outside",
    "not-answered", "not-sent",
)  # fmt: skip
