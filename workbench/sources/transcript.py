"""One door for transcripts of any format."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from workbench.errors import InputError, Problem, did_you_mean
from workbench.sources.content import NAMES, REMEDIES, look
from workbench.sources.line import Reading
from workbench.sources.line_numbers import printed_numbers
from workbench.sources.timed_text import is_timed, timed

LARGEST = 100_000_000
"""Bytes a text file or PDF may have; the talk of a whole day has under one million."""
Reader = Callable[[Path], Reading]


def _lazy(module: str, name: str, path: Path) -> Reading:
    """Read with a reader of another module, imported when the first file of its kind comes."""
    reader: Reader = getattr(import_module(f"workbench.sources.{module}"), name)
    return reader(path)


_PLAIN = partial(_lazy, "plain_text", "read_plain")
_BY_CONTENT: dict[str, Reader] = {
    "docx": partial(_lazy, "word", "read_word"),
    "odt": partial(_lazy, "open_document", "read_open_document"),
    "rtf": partial(_lazy, "rich_text", "read_rich_text"),
    "pdf": partial(_lazy, "pdf", "read_pdf"),
    "json": partial(_lazy, "json_transcript", "read_json"),
    "subtitles": partial(_lazy, "subtitles", "read_subtitles"),
    "text": _PLAIN,
}
_BY_ENDING: dict[str, tuple[str, Reader]] = {
    ".docx": ("docx", _BY_CONTENT["docx"]),
    ".json": ("json", _BY_CONTENT["json"]),
    ".lrc": ("text", partial(_lazy, "timed_text", "read_lyrics")),
    ".md": ("text", partial(_lazy, "plain_text", "read_markdown")),
    ".odt": ("odt", _BY_CONTENT["odt"]),
    ".pdf": ("pdf", _BY_CONTENT["pdf"]),
    ".rtf": ("rtf", _BY_CONTENT["rtf"]),
    ".srt": ("subtitles", _BY_CONTENT["subtitles"]),
    ".text": ("text", _PLAIN),
    ".tsv": ("text", partial(_lazy, "timed_text", "read_tsv")),
    ".txt": ("text", _PLAIN),
    ".vtt": ("subtitles", _BY_CONTENT["subtitles"]),
}
ENDINGS = tuple(_BY_ENDING)
"""File endings that can be read as transcripts."""


def read_transcript(path: Path) -> Reading:
    """Read one transcript as lines.

    What a file holds decides, not what it is called: a Word file named `.txt`
    is read as a Word file, with a doubt that says so. A file with an ending
    outside `ENDINGS` is refused even when it holds text, so that notes and
    scripts beside the transcripts do not become interviews; the message says
    what it holds and what to call it. `.doc` is the exception, since firms
    often give it to rich text and to newer Word files.

    Parameters
    ----------
    path : Path
        A file whose ending is one of `ENDINGS`.

    Returns
    -------
    Reading
        Its lines, in order, with what the format says of speaker and time, and line numbers that it prints.

    Raises
    ------
    InputError
        If the file is missing, empty, too large, of another kind, or damaged.
    """
    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file"))
    ending = path.suffix.lower()
    size = path.stat().st_size
    if ending not in (*ENDINGS, ".doc"):
        raise InputError(_other_ending(path, look(path) if size else ""))
    if size == 0:
        raise InputError(Problem(place=path.name, what="the file has 0 bytes", remedy="Copy it again from its source"))
    held = look(path)
    reader, doubt = _choose(path, ending, held)
    if size > LARGEST and held not in ("docx", "odt"):  # these are weighed unpacked, by their readers
        what = f"has {size:,} bytes; a transcript of a day has under 1,000,000, and at most {LARGEST:,} are read"
        raise InputError(Problem(place=path.name, what=what, remedy="Check what it holds, or split it"))
    reading = reader(path)
    if not any(line.text for line in reading.lines):
        remedy = "Copy it again from its source"
        raise InputError(Problem(place=path.name, what="holds white space and no words", remedy=remedy))
    if reading.unit == "line" and is_timed(reading.lines):
        reading = timed(reading)
    if reading.unit != "cue" and not any(line.printed for line in reading.lines):
        reading = replace(reading, lines=printed_numbers(reading.lines))
    return replace(reading, doubts=[*doubt, *reading.doubts])


def _choose(path: Path, ending: str, held: str) -> tuple[Reader, list[str]]:
    """Return the reader for what a file holds, and a doubt where its name says something else."""
    expected, reader = _BY_ENDING.get(ending, ("old office", _PLAIN))
    if held == expected and ending != ".doc":
        return reader, []
    if expected in ("docx", "odt", "pdf", "rtf", "json") and held in ("text", "binary", "archive", "old office"):
        return reader, []  # damaged or encrypted: its own reader says how
    if held == "binary":
        return reader, []  # zero bytes: told where the text is decoded
    if held in _BY_CONTENT:
        return _BY_CONTENT[held], [f"is called {ending} but holds {NAMES[held]}; read as that"]
    raise InputError(Problem(place=path.name, what=f"holds {NAMES[held]}, not a transcript", remedy=REMEDIES[held]))


def _other_ending(path: Path, held: str) -> Problem:
    """Say that an ending is not a transcript's, what the file holds, and what to call it."""
    ending = path.suffix.lower()
    remedy = did_you_mean(ending, ENDINGS) or "Save it as one of these, or move it elsewhere"
    if held and held in _BY_CONTENT:
        names = {"subtitles": ".vtt", "text": ".txt"}
        remedy = did_you_mean(ending, ENDINGS) or (
            f"It holds {NAMES[held]}: call it {path.stem}{names.get(held, f'.{held}')}, or move it elsewhere"
        )
    elif held:
        remedy = f"It holds {NAMES[held]}. {REMEDIES[held]}"
    what = f"the ending {path.suffix!r} is not one of a transcript" if ending else "has no ending"
    return Problem(place=path.name, what=what, choices=ENDINGS, remedy=remedy)
