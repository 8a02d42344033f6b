"""One door for transcripts of any format."""

from collections.abc import Callable
from pathlib import Path

from workbench.errors import InputError, Problem, did_you_mean
from workbench.sources.line import Reading
from workbench.sources.plain_text import read_markdown, read_plain
from workbench.sources.subtitles import read_subtitles
from workbench.sources.word import read_word

_READERS: dict[str, Callable[[Path], Reading]] = {
    ".docx": read_word,
    ".md": read_markdown,
    ".srt": read_subtitles,
    ".txt": read_plain,
    ".vtt": read_subtitles,
}
ENDINGS = tuple(_READERS)
"""File endings that can be read as transcripts."""


def read_transcript(path: Path) -> Reading:
    """Read one transcript as lines.

    Parameters
    ----------
    path : Path
        A file whose ending is one of `ENDINGS`.

    Returns
    -------
    Reading
        Its lines, in order, with what the format says of speaker and time.

    Raises
    ------
    InputError
        If the file is missing, empty, of another kind, or damaged.
    """
    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file"))
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            Problem(
                place=path.name,
                what=f"the ending {path.suffix!r} is not one of a transcript",
                choices=ENDINGS,
                remedy=did_you_mean(path.suffix.lower(), ENDINGS) or "Save it as one of these, or move it elsewhere",
            )
        )
    if path.stat().st_size == 0:
        raise InputError(Problem(place=path.name, what="the file has 0 bytes", remedy="Copy it again from its source"))
    return reader(path)
