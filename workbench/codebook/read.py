"""Read a codebook from YAML."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from workbench.codebook.codebook import Codebook
from workbench.codebook.model import CodebookFile
from workbench.codebook.references import reference_problems
from workbench.definitions import read_yaml, validate
from workbench.errors import InputError, Problem
from workbench.theory import Theory


class Named(Protocol):
    """Something with a name, such as a component of a manual."""

    @property
    def name(self) -> str:
        """A few words for people."""


class HasComponents(Protocol):
    """A manual, as far as a codebook needs it."""

    @property
    def components(self) -> Mapping[str, Named]:
        """Components by id."""


def read_codebook(path: Path | str, theory: Theory | None = None, manuals: Iterable[HasComponents] = ()) -> Codebook:
    """Read and check a codebook.

    Parameters
    ----------
    path : Path or str
        A codebook.yaml: title, version, date, codes.
    theory : Theory, optional
        When given, deductive codes must name its nodes, and its links may be used as codes.
    manuals : iterable of Manual, optional
        When given, fidelity codes must name their components, and these may be used as codes.

    Returns
    -------
    Codebook
        Codes by id, in the file's order.

    Raises
    ------
    InputError
        With every problem, each with file and line: unknown kinds and keys, ids
        that stand twice, codes whose node, component or parent does not exist, codes under themselves, patterns that
        cannot be matched.
    """
    source = read_yaml(path)
    components = {name: part.name for manual in manuals for name, part in manual.components.items()}
    problems: list[Problem | str] = []
    file: CodebookFile | None = None
    try:
        file = validate(source, CodebookFile)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(reference_problems(source, theory.nodes if theory else None, components or None))
    if file is None or problems:
        raise InputError(problems)
    return Codebook(
        title=file.title,
        version=file.version,
        date=file.date,
        codes={code.id: code for code in file.codes},
        link_codes={link: theory.name(link) for link in theory.links} if theory else {},
        components=components,
        mechanisms=_mechanisms(theory) if theory else {},
        path=source.path,
        sha256=source.sha256,
        places={code.id: source.place("codes", position) for position, code in enumerate(file.codes)},
    )


def _mechanisms(theory: Theory) -> dict[str, str]:
    return {name: node.name for name, node in theory.nodes.items() if node.type == "mechanism"}
