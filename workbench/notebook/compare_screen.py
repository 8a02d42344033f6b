"""The files of the comparison's screen, joined into the one that a browser is given."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = ("passages", "dom", "keys", "words", "row", "settled")
"""`passages` knows nothing of the page, so that it can be tested on its own."""


def script() -> str:
    """Return the comparison's module: functions of one scope, no import, no network."""
    return "\n".join(_read(f"compare_{part}.js") for part in PARTS) + "\n" + _read("compare.js")


def style() -> str:
    """Return the comparison's style sheet."""
    return _read("compare.css")


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
