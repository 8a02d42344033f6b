"""A theory of change, read and checked."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from workbench.errors import InputError, Problem, did_you_mean
from workbench.theory.check import check_theory
from workbench.theory.diagram import draw
from workbench.theory.model import Change, Configuration, Link, Node, arrow


@dataclass(frozen=True, kw_only=True)
class Theory:
    """A theory of change: what leads to what, for whom, and why.

    Parameters
    ----------
    title, version, status : str
        What it is, which edition, and where it comes from.
    date : date
        Of this version.
    nodes, links, configurations : Mapping
        By id, in the file's order.
    path : Path
        The file.
    sha256 : str
        Hash of the file's text.
    changes : tuple of Change
        Why elements are not what they were, as the file says it.
    places : Mapping[str, str]
        Id to file and line.
    """

    title: str
    version: str
    date: datetime.date
    status: str
    nodes: Mapping[str, Node]
    links: Mapping[str, Link]
    configurations: Mapping[str, Configuration]
    path: Path
    sha256: str
    changes: tuple[Change, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, repr=False)

    def link_id(self, text: str) -> str:
        """Return the id of a link as this theory writes it.

        Parameters
        ----------
        text : str
            `A11→M09`, `A11->M09` or `X03 -> (A11 -> M09)`.

        Raises
        ------
        InputError
            If the theory has no such link.
        """
        link = arrow(text)
        if link not in self.links:
            remedy = did_you_mean(link, self.links) or "Name a link by its ends, such as A11→M09"
            raise InputError(Problem(place=self.path.name, what=f"there is no link {text!r}", remedy=remedy))
        return link

    def name(self, element: str) -> str:
        """Return the name of a node, a configuration or a link, for people.

        Raises
        ------
        InputError
            If the theory has no such element.
        """
        if element in self.nodes:
            return self.nodes[element].name
        if element in self.configurations:
            return self.configurations[element].name
        link = self.links[self.link_id(element)]
        if link.target is not None:
            return f"{self.nodes[link.from_].name} → ({self.name(link.target)})"
        return f"{self.nodes[link.from_].name} → {self.nodes[link.to].name}"

    def to_table(self, of: Literal["links", "nodes", "configurations"] = "links") -> pd.DataFrame:
        """Return links, nodes or configurations as a table, one a row.

        Parameters
        ----------
        of : str
            `links` (the default), `nodes` or `configurations`.

        Returns
        -------
        DataFrame
            Links: link, name, from, to, type, guards, mechanism, context, expects, breaks, rivals, strength,
            records, source.
            Nodes: node, name, type, pathway, definition, source.
            Configurations: configuration, name, context, resource, reasoning, outcome, note, source.
            Lists are joined by commas, rivals by semicolons.
        """
        elements: dict[str, Mapping[str, Node | Link | Configuration]] = {
            "links": self.links,
            "nodes": self.nodes,
            "configurations": self.configurations,
        }
        columns = {
            "links": "from to type guards mechanism context expects breaks rivals strength records source",
            "nodes": "type pathway definition source",
            "configurations": "context resource reasoning outcome note source",
        }
        if of not in elements:
            raise InputError(Problem(place="to_table", what=f"there are no {of!r}", choices=list(elements)))
        rows = []
        for name, element in elements[of].items():
            plain = element.model_dump(by_alias=True)
            cells = {column: _cell(column, plain[column]) for column in columns[of].split()}
            rows.append({of.removesuffix("s"): name, "name": self.name(name), **cells})
        return pd.DataFrame(rows, columns=[of.removesuffix("s"), "name", *columns[of].split()], dtype=object)

    def check(self) -> list[Problem]:
        """Return what a person should look at, although the file can be used.

        Elements in no link, mechanisms that nothing triggers, outcomes that no
        activity leads to, loops, links that do not say what would count against them, configurations that lack a part,
        hold a node of the wrong type or are not linked through, and changes about nothing or of a later date.
        """
        return check_theory(self)

    def diagram(self, verdicts: Mapping[str, str] | None = None, nodes: Collection[str] | None = None) -> str:
        """Return the theory as a Mermaid flowchart, left to right.

        Assumptions are not drawn; `to_table()` shows which link they guard. A
        moderator points at a small circle in the middle of the link on which it bears.

        Parameters
        ----------
        verdicts : Mapping[str, str], optional
            Link id to supported, contested, refuted or untested. Each verdict
            is told by line pattern and by word, not by colour alone.
        nodes : Collection[str], optional
            Draw only these nodes and the links between them.

        Raises
        ------
        InputError
            If a node, a link or a verdict is not known.
        """
        shown = None if nodes is None else set(nodes)
        for unknown in sorted((shown or set()) - set(self.nodes)):
            raise InputError(
                Problem(place="diagram", what=f"there is no node {unknown!r}", remedy=did_you_mean(unknown, self.nodes))
            )
        judged = {self.link_id(link): verdict for link, verdict in (verdicts or {}).items()}
        return draw(self.nodes, self.links, judged, shown)


def _cell(column: str, value: object) -> object:
    joint = "; " if column == "rivals" else ", "
    return joint.join(value) if isinstance(value, tuple) else value
