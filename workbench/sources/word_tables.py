"""Tables of a word processor: transcripts in columns, and tables that are only tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.sources.line import Line
from workbench.sources.word_columns import CLOCK, Columns, find_columns, may_be_talk
from workbench.sources.word_pieces import Paragraph, lines_of, set_aside

Row = tuple[int, dict[int, list[Paragraph]]]
"""Its number, and its cells by the column in which they begin."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table among paragraphs: its rows, and whether one of one column would only frame talk."""

    rows: Sequence[Row]
    layout: bool = False


Block = Paragraph | list[Line] | Table
"""What a text is made of; a list of lines is what was read on the way."""


def block_lines(blocks: Iterable[Block], doubts: list[str]) -> list[Line]:
    """Return the lines of blocks, in order, and add doubts about their tables."""
    lines: list[Line] = []
    for block in _joined(blocks):
        if isinstance(block, Table):
            lines += table_lines(block.rows, doubts, layout=block.layout)
        else:
            lines += lines_of(block) if isinstance(block, Paragraph) else block
    return lines


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Join tables of one row that follow one another with the same columns, as where each turn is a table."""
    last: Table | None = None
    for block in blocks:
        row = block if isinstance(block, Table) and len(block.rows) == 1 and len(block.rows[0][1]) > 1 else None
        if last and row and last.rows[0][1].keys() == row.rows[0][1].keys():
            last = replace(last, rows=[*last.rows, *row.rows])
        elif (
            last is None
            or row
            or isinstance(block, Table)
            or (lines_of(block) if isinstance(block, Paragraph) else block)
        ):
            if last:
                yield last
            last = row
            if row is None:
                yield block
    if last:
        yield last


def table_lines(rows: Sequence[Row], doubts: list[str], *, layout: bool = False) -> list[Line]:
    """Return the lines of a table.

    Parameters
    ----------
    rows : Sequence of (int, dict of int to list of Paragraph)
        Each row's number and its cells, by the column in which each begins.
    doubts : list of str
        Gets what a person should look at: columns, or a whole table with sentences, that are set aside.
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
    texts = [{at: _text(cell, "\n") for at, cell in cells.items()} for _, cells in rows]
    columns = find_columns(texts)
    if texts:
        doubts += _table_doubts(rows[0][0], texts, columns)
    lines: list[Line] = []
    for position, (number, cells) in enumerate(rows):
        if columns is None or columns.words not in cells or (columns.header and position == 0):
            lines += _aside_row(number, cells)
        else:
            lines += _talk_row(cells, columns)
    return lines


def _plain(paragraphs: Sequence[Paragraph]) -> list[Line]:
    return [line for paragraph in paragraphs for line in lines_of(paragraph)]


def _table_doubts(number: int, rows: Sequence[Mapping[int, str]], columns: Columns | None) -> list[str]:
    table = f"paragraph {number}: a table of {len(rows)} row{'s' * (len(rows) > 1)}"
    if columns is not None:
        return [f"{table}: {doubt}" for doubt in columns.doubts]
    if not may_be_talk(rows):
        return []
    words = sum(len(text.split()) for row in rows for text in row.values())
    remedy = "If so, give it a column of speakers and one of their words, under a header (Speaker | Text)"
    return [f"{table}, {words} words, is set aside; is it talk? {remedy}"]


def _text(cell: Sequence[Paragraph], joint: str = " ") -> str:
    return joint.join(paragraph.text for paragraph in cell if paragraph.text)


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


def _talk_row(cells: dict[int, list[Paragraph]], columns: Columns) -> list[Line]:
    named = [paragraph.text for paragraph in cells.get(columns.speaker, []) if paragraph.text]  # type: ignore[arg-type]
    who = [name.rstrip(": ") or None for name in named]
    time = _text(cells.get(columns.time, []))  # type: ignore[arg-type]
    printed = _text(cells.get(columns.number, [])).rstrip(".)")  # type: ignore[arg-type]
    used = columns.used
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
    clock = CLOCK.fullmatch(text)
    if clock is None:
        return None
    hours, minutes, seconds, fraction = clock.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")
