"""The files of the matrix's screen, joined into the one that a browser is given."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = ("matrix_drafts", "compare_dom", "compare_keys", "matrix_cell", "matrix_head", "matrix")
"""`matrix_drafts` knows nothing of the page, so that it can be tested on its own; the comparison's `dom` and `keys`
are used as they are."""


def script() -> str:
    """Return the matrix's module: functions of one scope, no import, no network."""
    return "\n".join(_read(f"{part}.js") for part in PARTS)


def style() -> str:
    """Return the matrix's style sheet."""
    return _read("matrix.css")


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
