"""columns.yaml beside the files: what this folder calls things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.definitions import read_yaml
from workbench.errors import Problems, did_you_mean
from workbench.records.maps import Maps, plain

CONSTANTS = ("force", "scheme")
"""May be given as `force: Metropolitan` for a folder whose files do not say it."""


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What columns.yaml says.

    Parameters
    ----------
    columns : Mapping[str, str]
        Plain header to canonical name.
    constants : Mapping[str, str]
        `force` or `scheme` to the text given; used where no column and no file name says it.
    source : Mapping[str, str]
        `columns.yaml` to its SHA-256, when there is one.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> set[str]:
        """Plain spellings of the headers named."""
        return set(self.columns)


def read_overrides(folder: Path, maps: Maps) -> Overrides:
    """Read `columns.yaml` of a folder, if it has one.

    Raises
    ------
    InputError
        If a name is not one of the canonical ones, or a value is neither a header nor a list of them.
    """
    path = folder / "columns.yaml"
    if not path.exists():
        return Overrides()
    source = read_yaml(path)
    problems = Problems()
    canonical = sorted({*maps.incident_headers.values(), *maps.event_headers.values(), *CONSTANTS})
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    if not isinstance(source.data, dict):
        problems.add(path.name, "the file is not a list of `canonical name: header`", choices=canonical)
        problems.raise_if_any()
    for name, given in source.data.items():
        headers = given if isinstance(given, list) else [given]
        if name not in canonical:
            problems.add(
                source.place(name),
                f"{name!r} is not a name of a column",
                choices=canonical,
                remedy=did_you_mean(str(name), canonical),
            )
        elif not all(isinstance(header, str) for header in headers):
            problems.add(
                source.place(name), f"{name} is {given!r}", remedy="Give a header as text, or a list of headers"
            )
        else:
            columns.update({plain(header): name for header in headers})
            if name in CONSTANTS:
                constants[name] = headers[0]
    problems.raise_if_any()
    return Overrides(columns=columns, constants=constants, source={path.name: source.sha256})
