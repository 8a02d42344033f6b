"""Read a theory of change from YAML."""

from pathlib import Path

from workbench.definitions import Yaml, read_yaml, validate
from workbench.errors import InputError, Problem
from workbench.theory.model import TheoryFile
from workbench.theory.references import reference_problems
from workbench.theory.theory import Theory


def read_theory(path: Path | str) -> Theory:
    """Read and check a theory of change.

    Parameters
    ----------
    path : Path or str
        A theory.yaml: title, version, date, status, nodes, links, configurations.

    Returns
    -------
    Theory
        Nodes, links and configurations by id, in the file's order.

    Raises
    ------
    InputError
        With every problem, each with file and line: unknown types and keys,
        ids that stand twice, links, guards and configurations that name nothing.
    """
    source = read_yaml(path)
    problems: list[Problem | str] = []
    file: TheoryFile | None = None
    try:
        file = validate(source, TheoryFile)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(reference_problems(source))
    if file is None or problems:
        raise InputError(problems)
    return _theory(file, source)


def _theory(file: TheoryFile, source: Yaml) -> Theory:
    places = {}
    for key in ("nodes", "links", "configurations"):
        for position, entry in enumerate(getattr(file, key)):
            places[entry.id] = source.place(key, position)
    places |= {f"changes.{position}": source.place("changes", position) for position in range(len(file.changes))}
    return Theory(
        title=file.title,
        version=file.version,
        date=file.date,
        status=file.status,
        nodes={node.id: node for node in file.nodes},
        links={link.id: link for link in file.links},
        configurations={configuration.id: configuration for configuration in file.configurations},
        changes=file.changes,
        path=source.path,
        sha256=source.sha256,
        places=places,
    )
