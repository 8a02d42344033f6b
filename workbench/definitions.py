"""What humans decide, read from files: YAML with line numbers, maps as CSV, and where the shipped ones lie."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from workbench.errors import InputError, Problem, Problems
from workbench.provenance import hash_text

MOST_ALIASES = 50
"""A hand-written definition repeats itself a little; thousands of repeats are an attack."""
SEPARATORS = (",", ";", "\t")
"""What parts the columns of a code table; spreadsheets save semicolons where the comma is the decimal sign."""

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Yaml:
    """A YAML file as plain data that knows its lines.

    Parameters
    ----------
    path : Path
        The file.
    data : Any
        Its content: dicts, lists, strings, numbers, dates.
    lines : dict
        Path of keys and positions to line number, from 1.
    sha256 : str
        Hash of the text.
    """

    path: Path
    data: Any
    lines: dict[Path_, int]
    sha256: str

    def line(self, *where: str | int) -> int:
        """Return the line of a nested key, or of the nearest parent that has one."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1

    def place(self, *where: str | int) -> str:
        """Return file and line, as messages name them."""
        return f"{self.path.name}, line {self.line(*where)}"


def read_text(path: Path) -> str:
    """Read a definition file as UTF-8.

    Raises
    ------
    InputError
        If the file is missing, empty, or not UTF-8.
    """
    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file", remedy="Check its path"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            Problem(place=path.name, what=f"byte {error.start} is not UTF-8", remedy="Save the file as UTF-8")
        ) from error
    if not text.strip():
        raise InputError(Problem(place=path.name, what="the file is empty"))
    return text


def read_yaml(path: Path | str) -> Yaml:
    """Read one YAML file as plain data with line numbers.

    Raises
    ------
    InputError
        If it cannot be parsed, repeats a key, holds code, or hides its size behind aliases.
    """
    path = Path(path)
    text = read_text(path)
    try:
        aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))
        if aliases > MOST_ALIASES:
            raise InputError(
                Problem(place=path.name, what=f"{aliases} aliases", remedy=f"Write out all but {MOST_ALIASES}")
            )
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}, line {mark.line + 1}" if mark else path.name
        what = getattr(error, "problem", None) or str(error)
        raise InputError(Problem(place=place, what=f"not readable as YAML ({what})")) from error
    lines: dict[Path_, int] = {}
    problems = Problems()
    for where, line, repeated in _walk(node, ()):
        if repeated:
            problems.add(f"{path.name}, line {line}", f"the key {where[-1]!r} stands twice", remedy="Keep one of them")
        lines[where] = line
    problems.raise_if_any()
    return Yaml(path=path, data=data, lines=lines, sha256=hash_text(text))


def _walk(node: yaml.Node | None, where: Path_) -> Iterator[tuple[Path_, int, bool]]:
    if node is None:
        return
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            inner = (*where, str(key.value))
            yield inner, key.start_mark.line + 1, str(key.value) in seen
            seen.add(str(key.value))
            yield from _walk(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            inner = (*where, position)
            yield inner, value.start_mark.line + 1, False
            yield from _walk(value, inner)


def validate(source: Yaml, model: type[Model]) -> Model:
    """Check a YAML file against its model.

    Parameters
    ----------
    source : Yaml
        From `read_yaml`.
    model : type of pydantic model
        What the file must look like.

    Returns
    -------
    model
        The checked content.

    Raises
    ------
    InputError
        With every problem, each with file and line.
    """
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        found = error.errors()
        # A list whose entries are wrong is not empty, though nothing of it is left to count.
        places = [each["loc"] for each in found if each["type"] != "too_short"]
        told = [
            each
            for each in found
            if each["type"] != "too_short" or not any(place[: len(each["loc"])] == each["loc"] for place in places)
        ]
        raise InputError(_problem(source, each) for each in told) from error


def _problem(source: Yaml, found: Any) -> Problem:
    where = tuple(found["loc"])
    key = ".".join(str(part) for part in where) or "the file"
    if found["type"] == "missing":
        return Problem(place=source.place(*where), what=f"{key} is missing", remedy="Add it")
    if found["type"] == "extra_forbidden":
        return Problem(
            place=source.place(*where), what=f"{key} is not known here", remedy="Check its spelling, or remove it"
        )
    what = f"{key} is {found['input']!r}: {found['msg'][0].lower()}{found['msg'][1:]}"
    return Problem(place=source.place(*where), what=what if len(what) < 300 else f"{key}: {found['msg']}")


def read_map(path: Path | str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a code table, all values as text.

    Parameters
    ----------
    path : Path or str
        CSV with a header, as spreadsheets save it: parted by commas, semicolons or tabs; UTF-8, else the encoding
        that its bytes speak for (Windows-1252, UTF-16).
    columns : Sequence[str]
        Columns that must be there; others are kept.

    Returns
    -------
    list of dict
        One a row; blanks are empty strings.
    """
    path = Path(path)
    text = _table_text(path)
    readers = [csv.DictReader(io.StringIO(text, newline=""), delimiter=sign) for sign in SEPARATORS]
    # The first that parts the header so that most of the wanted columns stand in it: so a comma, where none does.
    reader = max(readers, key=lambda one: len(set(columns) & set(one.fieldnames or [])))
    header, rows = list(reader.fieldnames or []), list(reader)
    problems = Problems()
    for column in columns:
        if column not in header:
            problems.add(path.name, f"column {column!r} is missing", choices=header)
    problems.raise_if_any()
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


def _table_text(path: Path) -> str:
    try:
        return read_text(path)
    except InputError as error:
        if not isinstance(error.__cause__, UnicodeDecodeError):
            raise
    from workbench.sources.decoding import decode

    return decode(path.read_bytes(), path.name).text


def shipped(name: str) -> Path:
    """Return the path of a folder or file that comes with the package, e.g. `codebooks/diversion`."""
    package = Path(__file__).parent
    installed = package / "shipped" / name
    return installed if installed.exists() else package.parent / name
