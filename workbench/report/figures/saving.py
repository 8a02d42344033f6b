"""A figure on paper: made without a screen, saved the same way each time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from workbench.errors import MissingPart
from workbench.report.wording import FICTIONAL

INK, PALE, GRID = "#1a1a1a", "#595959", "#d9d9d9"
BLUE, ORANGE = "#08519c", "#b35806"
"""Told apart by people who see few colours, and dark enough on white."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One figure.

    Parameters
    ----------
    name : str
        Names its files.
    figure : matplotlib.figure.Figure
        The drawing.
    caption : str
        Stands under it.
    alt : str
        What it shows, for people who do not see it.
    clicks : Mapping[str, str]
        Where clicks in it lead, each with what a screen reader says of it. Where there are any, the drawing stands in
        the page itself: a browser does not follow a click into a picture.
    """

    name: str
    figure: Any
    caption: str
    alt: str
    clicks: Mapping[str, str] = field(default_factory=dict)


def canvas(width: float, height: float) -> Any:
    """Return an empty figure in inches; no global state, no window."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingPart("matplotlib", "report") from error
    return Figure(figsize=(width, height), facecolor="white")


def bare(axes: Any) -> None:
    """Take the frame off, except the line at the bottom."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_axisbelow(True)


def save(drawn: Drawn, folder: Path, *, fictional: bool) -> None:
    """Write a figure as SVG and PNG; a fictional one says so in the picture.

    Parameters
    ----------
    drawn : Drawn
        The figure.
    folder : Path
        Exists.
    fictional : bool
        Whether the data are made up.
    """
    from matplotlib import rc_context

    if fictional:
        drawn.figure.text(
            0.995, 0.005, FICTIONAL, ha="right", va="bottom", fontsize=9, weight="bold", color="#8a1c1c", zorder=9
        )
    about = {"Title": f"{drawn.caption}. {FICTIONAL}" if fictional else drawn.caption, "Description": drawn.alt}
    # A fixed salt and no date: the same findings give the same file.
    with rc_context({"svg.hashsalt": "workbench", "font.family": "DejaVu Sans"}):
        path = folder / f"{drawn.name}.svg"
        drawn.figure.savefig(path, metadata={**about, "Date": None}, bbox_inches="tight")
        path.write_text(_spoken(_scaling(path.read_text(encoding="utf-8")), drawn.clicks), encoding="utf-8")
        drawn.figure.savefig(folder / f"{drawn.name}.png", metadata=about, dpi=160, bbox_inches="tight")


def _scaling(svg: str) -> str:
    """Return a drawing that is as wide as there is room; its viewBox keeps the shape."""
    return re.sub(r'(<svg [^>]*?)width="[^"]*" height="[^"]*"', r'\1width="100%"', svg, count=1)


def _spoken(svg: str, clicks: Mapping[str, str]) -> str:
    """Return a drawing in which every place to click says where it leads: its words are drawn, not written.

    Line, head and number of one link are three places to click; the keyboard and a screen reader meet the first.
    """
    for url, said in clicks.items():
        link = f'<a xlink:href="{escape(url)}"'
        first, *others = re.split(rf"{re.escape(link)}[^>]*>", svg)
        named = [f'{link} aria-label="{escape(said)}">', *[f'{link} tabindex="-1" aria-hidden="true">'] * len(others)]
        svg = first + "".join(f"{opening}{rest}" for opening, rest in zip(named, others, strict=False))
    return svg
