"""Deductive codes for nodes of the theory that have none yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.study.codebook_file import replaced

if TYPE_CHECKING:
    from workbench.study.study import Study


def add_theory_codes(study: "Study", nodes: Sequence[str] = (), *, by: str) -> list[str]:
    """Add a deductive code to codebook.yaml for each node of the theory that has none.

    Name and definition are the node's. What to include and exclude, an
    example and a near miss are for people to write: `check` lists them.

    Parameters
    ----------
    study : Study
        Has a theory and a codebook.
    nodes : sequence of str
        Ids of nodes; all that have no code by default.
    by : str
        Who adds them, for the list of changes beside the codebook.

    Returns
    -------
    list of str
        Ids of the codes that were added, in the theory's order.

    Raises
    ------
    InputError
        If a node is not known or has a code, or a code of another kind has its id.
    """
    theory, codebook = study.theory, study.codebook
    coded = {code.node: name for name, code in codebook.codes.items() if code.node}
    problems = Problems()
    for node in nodes:
        if node not in theory.nodes:
            problems.add("theory.yaml", f"there is no node {node!r}", remedy=did_you_mean(node, theory.nodes))
        elif node in coded:
            problems.add("codebook.yaml", f"{node} has the code {coded[node]}")
    wanted = [node for node in theory.nodes if (not nodes or node in nodes) and node not in coded]
    for node in wanted:
        if node in codebook.codes:
            problems.add("codebook.yaml", f"{node} is a code of another kind", remedy="Rename that code first")
    problems.raise_if_any()
    if not wanted:
        return []
    if not by.strip():
        raise InputError(Problem(place="--by", what="nobody is named", remedy="Say who adds the codes"))
    codes = [
        {"id": node, "name": theory.nodes[node].name, "kind": "deductive", "node": node,
         "definition": theory.nodes[node].definition}
        for node in wanted
    ]  # fmt: skip
    entry = f"added deductive codes for nodes of the theory: {', '.join(wanted)}"
    with replaced(study, {}, entry=entry, by=by, codes=codes):
        pass
    return wanted
