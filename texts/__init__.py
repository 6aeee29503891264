"""Every sentence that a person reads: ``ru/<feature>.toml`` holds id = Jinja2 template."""

from texts.renderer import Texts

__all__ = ["Texts"]
