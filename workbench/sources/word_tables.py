"""Tables of a word processor: transcripts in columns, and tables that are only tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from workbench.sources.line import Line
from workbench.sources.word_pieces import LONGEST_LEAD, Paragraph, lines_of, set_aside

MOSTLY = 0.8
"""Share of its rows that must fit for a column to be one of times, numbers or speakers."""
_CLOCK = re.compile(r"[\[(]?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,:](\d{1,3}))?(?:\s*(?:[–—-]|-->)[\d:.,\s]*)?[\])]?")
_NUMBER = re.compile(r"\d{1,5}[.)]?")
_WHO = {"speaker", "who", "name", "voice", "participant", "person", "initials"}
_WORDS = {"words", "talk", "text", "transcript", "transcription", "speech", "utterance", "said", "dialogue", "content"}
_OTHER = {"time", "timestamp", "time stamp", "timecode", "start", "line", "line no", "no", "#", "turn", "row", "number"}

Row = tuple[int, dict[int, list[Paragraph]]]
"""Its number, and its cells by the column in which they begin."""


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Which column holds what; None where there is no such column."""

    words: int
    speaker: int | None
    time: int | None
    number: int | None
    header: bool


def table_lines(rows: Sequence[Row], *, layout: bool = False) -> list[Line]:
    """Return the lines of a table.

    Parameters
    ----------
    rows : Sequence of (int, dict of int to list of Paragraph)
        Each row's number and its cells, by the column in which each begins.
    layout : bool
        Whether a table of one column holds most of a document, so that it only frames talk.

    Returns
    -------
    list of Line
        Of a transcript in columns (speaker | words, with times or numbers),
        talk with speaker, seconds and printed number; of any other table,
        asides, one a row.
    """
    if layout and all(set(cells) <= {0} for _, cells in rows):
        return [line for _, cells in rows for paragraphs in cells.values() for line in _plain(paragraphs)]
    columns = _columns([{at: _text(cell) for at, cell in cells.items()} for _, cells in rows])
    lines: list[Line] = []
    for position, (number, cells) in enumerate(rows):
        if columns is None or columns.words not in cells or (columns.header and position == 0):
            lines += _aside_row(number, cells)
        else:
            lines += _talk_row(cells, columns)
    return lines


def _plain(paragraphs: Sequence[Paragraph]) -> list[Line]:
    return [line for paragraph in paragraphs for line in lines_of(paragraph)]


def _text(cell: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in cell if paragraph.text)


def _aside_row(number: int, cells: dict[int, list[Paragraph]]) -> list[Line]:
    """One line a row for its words, then what was set aside in it, then what hangs on it."""
    said = [_text(cell) for cell in cells.values()]
    line = Line(text=" | ".join(text for text in said if text), number=number, aside="table")
    rest = [line for cell in cells.values() for paragraph in cell for line in _not_words(paragraph)]
    return [line, *rest] if line.text else rest


def _not_words(paragraph: Paragraph) -> list[Line]:
    """Return what a paragraph holds beside its own talk."""
    apart = replace(paragraph, pieces=[piece for piece in paragraph.pieces if piece.aside])
    return lines_of(apart)


def _talk_row(cells: dict[int, list[Paragraph]], columns: _Columns) -> list[Line]:
    named = [paragraph.text for paragraph in cells.get(columns.speaker, []) if paragraph.text]  # type: ignore[arg-type]
    who = [name.rstrip(": ") or None for name in named]
    time = _text(cells.get(columns.time, []))  # type: ignore[arg-type]
    printed = _text(cells.get(columns.number, [])).rstrip(".)")  # type: ignore[arg-type]
    used = {columns.words, columns.speaker, columns.time, columns.number}
    lines: list[Line] = []
    hung: list[Line] = []
    spoken = [paragraph for paragraph in cells[columns.words] if paragraph.text or paragraph.after or paragraph.pieces]
    paired = len(who) > 1 and len(who) == sum(bool(paragraph.text) for paragraph in spoken)
    turn = -1
    for paragraph in spoken:
        turn += bool(paragraph.text)
        speaker = who[max(turn, 0)] if paired else " ".join(name for name in who if name) or None
        own = lines_of(replace(paragraph, after=[]))
        lines += [line if line.aside else replace(line, speaker=speaker) for line in own]
        hung += paragraph.after
    first = next((at for at, line in enumerate(lines) if not line.aside), None)
    unread = [at for at in cells if at not in used]
    if first is None:  # somebody named or timed, and nothing said: still words of the file
        unread = [at for at in cells if at != columns.words]
    else:
        lines[first] = replace(
            lines[first], seconds=_seconds(time), printed=int(printed) if printed.isdecimal() else None
        )
        odd = {
            columns.time: bool(time) and _seconds(time) is None,
            columns.number: bool(printed) and not printed.isdecimal(),
        }
        unread += [at for at in cells if odd.get(at)]
    for at in sorted(used - {None, columns.words} - set(unread)):  # type: ignore[type-var]
        lines += [line for paragraph in cells.get(at, []) for line in _not_words(paragraph)]  # type: ignore[arg-type]
    return [*lines, *(line for at in unread for line in set_aside(_plain(cells[at]), "table")), *hung]


def _seconds(text: str) -> float | None:
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return None
    hours, minutes, seconds, fraction = clock.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _columns(rows: list[dict[int, str]]) -> _Columns | None:
    """Tell which columns hold words, speakers, times and numbers; None if this is no transcript."""
    header = _header(rows[0]) if rows else False
    body = [row for row in rows[header:] if len(row) > 1 and any(row.values())]  # a cell right across heads a part
    widths = [tuple(row) for row in body]
    usual = max(set(widths), key=widths.count, default=())
    body = [row for row in body if tuple(row) == usual]
    if len(usual) < 2 or len(body) < MOSTLY * len(widths):
        return None
    filled = {at: [row[at] for row in body if row[at]] for at in usual}
    words = max(usual, key=lambda at: sum(len(text) for text in filled[at]))
    kinds: dict[str, int] = {}
    for at in usual:
        kind = _kind(filled[at]) if at < words else ""
        if kind and kind not in kinds:
            kinds[kind] = at
    found = _Columns(words=words, speaker=kinds.get("speaker"), time=kinds.get("time"), number=kinds.get("number"),
                     header=header)  # fmt: skip
    return found if _is_talk(found, rows[0], filled) else None


def _header(row: dict[int, str]) -> bool:
    heads = {text.lower().rstrip(".: ") for text in row.values() if text}
    known = heads & (_WHO | _WORDS | _OTHER)
    return len(heads) > 1 and (bool(known & _WHO) or len(known) > 1) and all(len(head.split()) <= 4 for head in heads)


def _kind(texts: Sequence[str]) -> str:
    tests = (("time", lambda text: _CLOCK.fullmatch(text)), ("number", lambda text: _NUMBER.fullmatch(text)),
             ("speaker", lambda text: len(text) <= LONGEST_LEAD))  # fmt: skip
    for kind, test in tests:
        if texts and sum(bool(test(text)) for text in texts) >= MOSTLY * len(texts):
            return kind
    return ""


def _is_talk(columns: _Columns, head: dict[int, str], filled: dict[int, list[str]]) -> bool:
    """Tell talk from a list of things: somebody speaks twice or the head says so, and words are longer than names."""
    words = filled[columns.words]
    if columns.speaker is None:
        return len(words) >= 3 and (columns.time is not None or _counts_up(filled, columns.number))
    names = filled[columns.speaker]
    says = columns.header and head.get(columns.speaker, "").lower().rstrip(".: ") in _WHO \
        and head.get(columns.words, "").lower().rstrip(".: ") in _WORDS  # fmt: skip
    again = len(names) >= 3 and len(set(names)) < len(names)
    colons = len(names) > 1 and all(name.endswith(":") for name in names) and median(map(len, words)) > LONGEST_LEAD
    longer = sum(map(len, words)) / len(words) > sum(map(len, names)) / len(names)
    return longer and (says or again or colons)


def _counts_up(filled: dict[int, list[str]], number: int | None) -> bool:
    counts = [int(text.rstrip(".)")) for text in filled.get(number, []) if _NUMBER.fullmatch(text)]  # type: ignore[arg-type]
    return len(counts) > 2 and counts == sorted(set(counts))
