"""The files of the coding desk's screen, joined into the one that a browser is given."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = (
    "offsets", "layout", "commands", "colours", "dom", "keys", "state", "link", "text", "margin", "mouse", "palette",
    "panel", "toolbar", "documents", "do",
)  # fmt: skip
"""Each knows nothing of the page up to `colours`, so that it can be tested on its own."""


def script() -> str:
    """Return the desk's module: functions of one scope, no import, no network."""
    return "\n".join(_read(f"coder_{part}.js") for part in PARTS) + "\n" + _read("coder.js")


def style() -> str:
    """Return the desk's style sheet."""
    return _read("coder.css")


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
