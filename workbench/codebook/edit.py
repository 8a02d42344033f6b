"""Change single values in the text of a codebook; every other character stays as it is."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from workbench.errors import InputError, Problem

Change = Mapping[str, Mapping[str, str | None]]
"""Code to its keys and their new values; None takes a value out."""


def edited(text: str, changes: Change) -> str:
    r"""Return the text of a codebook with these values changed or added.

    Parameters
    ----------
    text : str
        Of a codebook.yaml, in whatever style it is written.
    changes : Mapping of str to Mapping
        Code to key to value, such as `{"M09": {"id": "M09b"}}`. Dates are written `2026-01-15`.

    Raises
    ------
    InputError
        If that would change anything else, as where two codes share an anchor: then a person must write it.

    Examples
    --------
    >>> edited("codes:\n- {id: I01, name: Queue}  # mine\n", {"I01": {"retired": "2026-01-15"}})
    'codes:\n- {id: I01, name: Queue, retired: 2026-01-15}  # mine\n'
    """
    pieces = sorted((piece for found in _codes(text) for piece in _pieces(text, found, changes)), reverse=True)
    new = text
    for start, end, piece in pieces:
        new = new[:start] + piece + new[end:]
    if _data(new) != _wanted(_data(text), changes):  # an anchor was taken out, or another code has changed too
        what = "it cannot be changed line by line as it is written"
        remedy = "Write the change there yourself, and run the command again"
        raise InputError(Problem(place="codebook.yaml", what=what, remedy=remedy))
    return new


def with_codes(text: str, codes: Sequence[Mapping[str, str]]) -> str:
    r"""Return the text of a codebook with more codes after its last one; every other character stays as it is.

    Parameters
    ----------
    text : str
        Of a codebook.yaml.
    codes : sequence of Mapping
        Keys and values of each, `id` first.

    Raises
    ------
    InputError
        If they cannot be added so, as where the list stands in brackets: then a person must write them.

    Examples
    --------
    >>> with_codes("codes:\n- {id: I01, name: Queue}\n", [{"id": "I02", "name": "Cost"}])
    'codes:\n- {id: I01, name: Queue}\n- id: I02\n  name: "Cost"\n'
    """
    last = list(_codes(text))[-1]
    dash = " " * text[: last.start_mark.index].rpartition("\n")[2].find("-")
    inner = " " * last.start_mark.column
    new, after = text, max(_ends(last))
    for code in codes:
        for key, value in code.items():
            line = f"{dash}- id: {value}" if key == "id" else f"{inner}{key}: {json.dumps(value, ensure_ascii=False)}"
            start, _, piece = _new_line(new, after, line)
            new, after = new[:start] + piece + new[start:], start + len(piece.rstrip("\r\n")) - 1
    wanted = [*(_data(text) or {}).get("codes", ()), *map(dict, codes)]
    if (_data(new) or {}).get("codes") != wanted:
        what = "codes cannot be added as it is written"
        remedy = "Begin each code on a line of its own, with a dash, and end the file with a line break"
        raise InputError(Problem(place="codebook.yaml", what=what, remedy=remedy))
    return new


def _ends(node: yaml.Node) -> Iterator[int]:
    """Yield where each value of a code ends; a block of lines ends before the line break that closes it."""
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode) and node.flow_style:
        yield node.end_mark.index
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _ends(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _ends(value)
    else:
        folded = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        yield node.end_mark.index - (1 if folded else 0)


def _codes(text: str) -> Iterator[yaml.MappingNode]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = dict(_keys(root)).get("codes") if isinstance(root, yaml.MappingNode) else None
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        if isinstance(node, yaml.MappingNode):
            yield node


def _keys(node: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
    return [(str(key.value), value) for key, value in node.value]


def _pieces(text: str, node: yaml.MappingNode, changes: Change) -> Iterator[tuple[int, int, str]]:
    """Yield what to put in the place of which characters, to change one code."""
    values = dict(_keys(node))
    name = values.get("id")
    for key, value in changes.get(str(name.value), {}).items() if isinstance(name, yaml.ScalarNode) else ():
        there = values.get(key)
        if there is not None:
            start, end = there.start_mark.index, there.end_mark.index
            yield start, end, f"{' ' if text[start - 1] == ':' else ''}{_written(value)}"
        elif value is not None and node.flow_style:
            after = node.value[-1][1].end_mark.index
            yield after, after, f", {key}: {_written(value)}"
        elif value is not None and name is not None:
            yield _new_line(text, name.end_mark.index, f"{' ' * node.start_mark.column}{key}: {_written(value)}")


def _new_line(text: str, after: int, line: str) -> tuple[int, int, str]:
    """Return the piece that puts a line after the one that a position lies in, with the same line ending."""
    end = text.find("\n", after)
    ending = "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
    return (len(text), len(text), ending + line) if end < 0 else (end + 1, end + 1, line + ending)


def _written(value: str | None) -> str:
    if value is None:
        return "null"
    plain = str(yaml.safe_load(value)) == value and not isinstance(yaml.safe_load(value), bool | int | float)
    return value if plain else f'"{value}"'


def _data(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None


def _wanted(data: Any, changes: Change) -> Any:
    for code in data["codes"]:
        for key, value in changes.get(str(code.get("id")), {}).items():
            if value is not None or key in code:
                code[key] = yaml.safe_load(_written(value))
    return data
