"""Styles of an OpenDocument text: which text is bold, hidden or a heading by its style."""

from collections.abc import Sequence
from typing import Any

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HEADINGS = ("heading", "title", "subtitle", "contents_20_heading")


class OpenStyles:
    """Named and automatic styles, asked by name.

    Parameters
    ----------
    roots : Sequence of element
        `styles.xml`, then `content.xml`, whose automatic styles come first where both have a name.
    """

    def __init__(self, roots: Sequence[Any]) -> None:
        self._by_name: dict[str, Any] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                if style.get(STYLE + "family") in ("text", "paragraph"):
                    self._by_name[style.get(STYLE + "name", "")] = style

    def _chain(self, name: str | None) -> list[Any]:
        """Return a style and those it inherits from; a circle ends where it closes."""
        chain: list[Any] = []
        while name in self._by_name and self._by_name[name] not in chain:
            chain.append(self._by_name[name])
            name = chain[-1].get(STYLE + "parent-style-name")
        return chain

    def is_on(self, name: str | None, what: str, otherwise: bool = False) -> bool:
        """Tell whether a style says `bold` or `hidden`, or `otherwise` where it says neither yes nor no."""
        for style in self._chain(name):
            properties = style.find(STYLE + "text-properties")
            weight = None if properties is None else properties.get(_FO + "font-weight")
            display = None if properties is None else properties.get(TEXT + "display")
            if what == "bold" and weight:
                return bool(weight == "bold" or (weight.isdecimal() and int(weight) >= 600))
            if what == "hidden" and display:
                return bool(display == "none")
        return otherwise

    def is_heading(self, name: str | None) -> bool:
        """Tell whether a paragraph style is, or inherits from, one of headings or titles."""
        return any(style.get(STYLE + "name", "").lower().startswith(_HEADINGS) for style in self._chain(name))
