"""A scheme's manual, read from YAML with every problem told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pydantic import Field

from workbench.definitions import Yaml, read_yaml, validate
from workbench.errors import InputError, Problems
from workbench.manual.component import Component
from workbench.manual.rule import Part
from workbench.manual.wording import describe_rule


class ManualFile(Part):
    """What the file must look like."""

    scheme: str = Field(min_length=1)
    title: str = Field(min_length=1)
    version: str = Field(min_length=1)
    note: str = ""
    holidays: tuple[date, ...] = ()
    components: tuple[Component, ...]


@dataclass(frozen=True, kw_only=True)
class Manual:
    """What one scheme prescribes, dated and sourced.

    Parameters
    ----------
    scheme : str
        As the records and transcripts name it.
    title, version, note : str
        What the text is and where it comes from.
    holidays : tuple of date
        Days that are not working days, besides weekends.
    components : Mapping[str, Component]
        By id, in the manual's order.
    path : Path
        The file.
    sha256 : str
        Hash of its text.
    """

    scheme: str
    title: str
    version: str
    note: str
    holidays: tuple[date, ...]
    components: Mapping[str, Component]
    path: Path
    sha256: str

    def to_table(self) -> pd.DataFrame:
        """Return one row a component, in the manual's order.

        Returns
        -------
        pandas.DataFrame
            Columns scheme, component, name, prescribed, actor, dimension,
            essential, observability, valid_from, valid_to, source,
            adaptations, rule (in words, empty without one), note.
        """
        return pd.DataFrame([self._row(component) for component in self.components.values()])

    def _row(self, component: Component) -> dict[str, object]:
        rule = describe_rule(component.rule) if component.rule else ""
        return {
            "scheme": self.scheme,
            "component": component.id,
            **{name: getattr(component, name) for name in ("name", "prescribed", "actor", "dimension", "essential")},
            "observability": ", ".join(component.observability),
            "valid_from": component.valid_from,
            "valid_to": component.valid_to,
            "source": ", ".join(component.source),
            "adaptations": "; ".join(component.adaptations),
            "rule": rule,
            "note": component.note,
        }


def read_manual(path: Path | str) -> Manual:
    """Read a scheme's manual.

    Parameters
    ----------
    path : Path or str
        YAML file.

    Returns
    -------
    Manual
        Components in the file's order.

    Raises
    ------
    InputError
        With every problem of the file, each with its line.
    """
    source = read_yaml(path)
    problems = _repeated_ids(source)
    try:
        content = validate(source, ManualFile)
    except InputError as error:
        raise InputError([*error.problems, *problems.found]) from None
    if not content.components:
        problems.add(source.place("components"), "the manual has no components", remedy="Add at least one")
    problems.raise_if_any()
    return Manual(
        scheme=content.scheme,
        title=content.title,
        version=content.version,
        note=content.note,
        holidays=content.holidays,
        components=MappingProxyType({component.id: component for component in content.components}),
        path=source.path,
        sha256=source.sha256,
    )


def _repeated_ids(source: Yaml) -> Problems:
    problems = Problems()
    content = source.data if isinstance(source.data, dict) else {}
    components = content.get("components")
    seen: set[str] = set()
    for position, component in enumerate(components if isinstance(components, list) else []):
        name = str(component.get("id")) if isinstance(component, dict) else ""
        if name in seen:
            place = source.place("components", position, "id")
            problems.add(place, f"the component {name!r} stands twice", remedy="Give each an id of its own")
        seen |= {name} - {"", "None"}
    return problems
