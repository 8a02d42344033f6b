"""New codes are added to the study's codebook, and nothing else in the file changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from workbench.codebook import read_codebook
from workbench.codebook.edit import edited
from workbench.definitions import read_text
from workbench.errors import InputError, Problem

if TYPE_CHECKING:
    from workbench.codebook import Code
    from workbench.study.study import Study

FIELDS = (
    "id", "name", "kind", "node", "parent", "colour", "definition", "include", "exclude", "example", "near_miss",
    "retired",
)  # fmt: skip
"""In which order a new code is written."""


def has_codebook(study: "Study") -> bool:
    """Tell whether the study has a codebook's file."""
    path = study.folder("codebook")
    return path is not None and path.is_file()


def with_codes(
    study: "Study", codes: "Sequence[Code]", *, origin: str, on: date, retired: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return the text of the codebook with these codes at the end of its list; what stands there stays, comments too.

    Parameters
    ----------
    study : Study
        Without a codebook's file a new one is begun.
    codes : Sequence of Code
        Parents first.
    origin : str
        Where they come from, for a comment above them.
    on : date
        When.
    retired : Mapping of str to str
        Codes that are there, and the day since when no new coding may have them.

    Raises
    ------
    InputError
        If the list of codes is not written as a block, or what results could not be read as a codebook.
    """
    path = study.needed("codebook")
    if not has_codebook(study):
        head = {"title": study.settings.title, "version": on.isoformat(), "date": on}
        text = yaml.safe_dump(head, sort_keys=False, allow_unicode=True) + "codes:\n"
        text += f"\n  # From {origin}, {on.isoformat()}.\n\n" + _block(codes, "  ")
    elif not codes:
        text = _retiring(path, retired)
    else:
        before = _retiring(path, retired)
        at, indent = _end_of_codes(before, path)
        block = f"\n{indent}# From {origin}, {on.isoformat()}.\n\n" + _block(codes, indent)
        joint = "" if before[:at].endswith("\n") else "\n"
        text = before[:at] + joint + block + before[at:]
    _check(study, text)
    return text


def _retiring(path: Path, retired: Mapping[str, str]) -> str:
    return edited(read_text(path), {code: {"retired": day} for code, day in retired.items()})


def write_codebook(study: "Study", text: str) -> None:
    """Put a text in the place of the codebook, whole or not at all."""
    path = study.needed("codebook")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    ends = "\r\n" if path.is_file() and b"\r\n" in path.read_bytes() else "\n"
    beside.write_text(text, encoding="utf-8", newline=ends)
    beside.replace(path)
    study.__dict__.pop("codebook", None)


def _check(study: "Study", text: str) -> None:
    """Read what would be written as the study would."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / study.needed("codebook").name
        path.write_text(text, encoding="utf-8", newline="\n")
        theory = study.theory if study.settings.theory else None
        read_codebook(path, theory=theory, manuals=tuple(study.manuals.values()))


def _end_of_codes(text: str, path: Path) -> tuple[int, str]:
    """Return where the list of codes ends in the file, and how far its items are set in."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = next((value for key, value in node.value if key.value == "codes"), None)
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style or not listed.value:
        remedy = "Write each code on lines of its own below codes:, as `  - id: …`"
        raise InputError(Problem(place=path.name, what="its codes are not a list of lines", remedy=remedy))
    after = [key.start_mark.index for key, _ in node.value if key.start_mark.index > listed.start_mark.index]
    end = text.rfind("\n", 0, min(after)) + 1 if after else len(text)
    return end, " " * listed.start_mark.column


def _block(codes: "Sequence[Code]", indent: str) -> str:
    blocks = []
    for code in codes:
        said = code.model_dump()
        row = {name: said[name] for name in FIELDS if said[name] not in ("", None)}
        lines = yaml.safe_dump(row, sort_keys=False, allow_unicode=True, width=110).splitlines()
        blocks.append("\n".join(f"{indent}{'- ' if n == 0 else '  '}{line}".rstrip() for n, line in enumerate(lines)))
    return "\n\n".join(blocks) + "\n"
