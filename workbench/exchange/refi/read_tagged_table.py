"""Tables of highlights and tags as Taguette exports them, as CSV or Excel."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import InputError, Problem
from workbench.exchange.refi.guids import new_guid
from workbench.exchange.refi.model import Project, Quoted, User
from workbench.exchange.refi.package import head, refused
from workbench.exchange.refi.parse import decoded
from workbench.exchange.refi.positions import normalised
from workbench.exchange.refi.read_tagged_html import ORIGIN, Tags, in_tree_order, read_tagged_html
from workbench.exchange.refi.told import Told

HIGHLIGHTS = ("document", "tag", "content")
CODEBOOK = ("tag", "description")
_SEPARATORS = ",;\t"
Row = tuple[int, dict[str, str]]


def read_tagged(path: str | Path) -> Project:
    """Read what Taguette or a program like it exported: a web page, a CSV or an Excel file, by what it holds.

    Parameters
    ----------
    path : str or Path
        Highlights, a document with its highlights (HTML only), or the codebook.

    Returns
    -------
    Project
        Highlights as `quoted`, one each, with all their tags; a codebook as `codes`.

    Raises
    ------
    InputError
        If it is none of these, with the columns that it should have.
    """
    path = Path(path)
    first = head(path)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_tagged_html(path)
    columns, rows = _sheet(path) if first.startswith(b"PK") else _comma_separated(path)
    if set(HIGHLIGHTS) <= set(columns):
        return _highlights(path, rows)
    if set(CODEBOOK) <= set(columns):
        return _codebook(path, rows)
    what = f"has neither the columns of highlights ({', '.join(HIGHLIGHTS)}) nor of a codebook ({', '.join(CODEBOOK)})"
    raise InputError(Problem(place=f"{path.name}, line 1", what=what, choices=columns, remedy="Export it again"))


def _comma_separated(path: Path) -> tuple[Sequence[str], list[Row]]:
    text = decoded(path.read_bytes())[0].removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = _columns(next(reader, []))
        rows, line = [], reader.line_num + 1
        for cells in reader:
            rows.append((line, dict(zip(columns, cells, strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(path, f"line {reader.line_num} is not readable as CSV ({error})") from error
    return columns, rows


def _sheet(path: Path) -> tuple[Sequence[str], list[Row]]:
    import python_calamine

    try:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except Exception as error:  # calamine raises a family of its own; a broken file is the user's to mend
        raise refused(path, f"cannot be read as an Excel file ({error})") from error
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    columns = _columns(cells[0]) if cells else []
    return columns, [(n, dict(zip(columns, row, strict=False))) for n, row in enumerate(cells[1:], 2)]


def _columns(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _highlights(path: Path, rows: Sequence[Row]) -> Project:
    """One row a highlight and tag: rows of one id (or, without ids, of one document and the same words) are one."""
    tags, told, users = Tags(), Told(path.name), dict[str, User]()
    found: dict[tuple[str, ...], tuple[int, dict[str, str], list[str]]] = {}
    for line, row in rows:
        if not any(cell.strip() for cell in row.values()):
            continue
        if not row.get("content", "").strip():
            told.add("a highlight has no words; left out", f"line {line}", many="{} highlights have no words; left out")
            continue
        key = (row["id"],) if row.get("id", "").strip() else (row["document"], row["content"])
        if coder := " ".join(row.get("coder", "").split()):  # a column that people add: Taguette's own names nobody
            users.setdefault(coder, User(guid=new_guid("user", coder), name=coder))
            key = (*key, coder)
        _, _, codes = found.setdefault(key, (line, row, []))
        tag = row.get("tag", "").strip()
        if tag and tags.guid(tag) not in codes:
            codes.append(tags.guid(tag))
    quoted = tuple(
        Quoted(
            document=row["document"].strip(), quote=normalised(row["content"]).text.strip(), codes=tuple(codes),
            place=f"{path.name}, line {line}", guid=new_guid("highlight", path.stem, *key),
            user=users[coder].guid if (coder := " ".join(row.get("coder", "").split())) else None,
        )
        for key, (line, row, codes) in found.items()
    )  # fmt: skip
    return Project(
        name=path.stem,
        origin=ORIGIN,
        users=tuple(users.values()),
        codes=tuple(tags.codes.values()),
        quoted=quoted,
        problems=told.problems(),
    )


def _codebook(path: Path, rows: Sequence[Row]) -> Project:
    tags = Tags()
    for _, row in rows:
        if row.get("tag", "").strip():
            description, parent = row.get("description", "").strip(), row.get("parent", "").strip()
            tags.add(row["tag"].strip(), description=description, parent=parent)
    return Project(name=path.stem, origin=ORIGIN, codes=in_tree_order(tags))
