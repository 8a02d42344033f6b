"""Styles of a Word file: which text is bold, hidden or a heading without saying so itself."""

from functools import cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADINGS = ("heading", "title", "subtitle", "toc ")


def switch(properties: Any, name: str) -> bool | None:
    """Return whether a property such as bold is on or off; None where nothing is said."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val", "true") in ("1", "true", "on")


class Styles:
    """The styles part, asked by style id.

    Parameters
    ----------
    root : element or None
        `w:styles`.
    """

    def __init__(self, root: Any) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._by_id = {style.get(W + "styleId"): style for style in styles}
        usual = [style for style in styles if style.get(W + "default") in ("1", "true", "on")]
        self.paragraph = next(
            (style.get(W + "styleId") for style in usual if style.get(W + "type") == "paragraph"), None
        )
        self.on = cache(self._on)
        self.heading = cache(self._heading)

    def _chain(self, name: str | None) -> list[Any]:
        """Return a style and those it is based on; a circle ends where it closes."""
        chain: list[Any] = []
        while name in self._by_id and self._by_id[name] not in chain:
            chain.append(self._by_id[name])
            based = chain[-1].find(W + "basedOn")
            name = None if based is None else based.get(W + "val")
        return chain

    def _on(self, name: str | None, prop: str) -> bool:
        said = (switch(style.find(W + "rPr"), prop) for style in self._chain(name))
        return next((value for value in said if value is not None), False)

    def _heading(self, name: str | None) -> bool:
        return any(_outlined(style.find(W + "pPr")) or _names_heading(style) for style in self._chain(name))

    def is_heading(self, properties: Any) -> bool:
        """Tell whether a paragraph with these properties is a heading."""
        return _outlined(properties) or self.heading(self.of(properties, "pStyle") or self.paragraph)

    def of(self, properties: Any, kind: str) -> str | None:
        """Return the style id that properties name (`pStyle`, `rStyle`)."""
        found = None if properties is None else properties.find(W + kind)
        return None if found is None else found.get(W + "val")

    def is_on(self, run: Any, paragraph: Any, prop: str) -> bool:
        """Tell whether bold or hidden is on for a run; styles of run and paragraph switch each other off again."""
        direct = switch(run, prop)
        if direct is not None:
            return direct
        own = self.of(run, "rStyle")
        return (own is not None and self.on(own, prop)) != self.on(self.of(paragraph, "pStyle") or self.paragraph, prop)


def _outlined(properties: Any) -> bool:
    level = None if properties is None else properties.find(W + "outlineLvl")
    return level is not None and level.get(W + "val", "9").isdecimal() and int(level.get(W + "val", "9")) < 9


def _names_heading(style: Any) -> bool:
    name = style.find(W + "name")
    return name is not None and name.get(W + "val", "").lower().startswith(_HEADINGS)
