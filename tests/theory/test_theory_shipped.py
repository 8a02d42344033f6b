"""The shipped theory of change holds what it is said to hold."""

import re

import pytest

from workbench.definitions import shipped
from workbench.theory import Theory, read_theory

COUNTS = {"C": 16, "A": 17, "M": 19, "X": 17, "O": 17, "S": 11}
KEY_LINKS = [
    "M01→A06",
    "M03→A06",
    "M04→A04",
    "A04→M07",
    "A04→M05",
    "M05→O02",
    "A16→M08",
    "M08→O02",
    "A08→M09",
    "A11→M09",
    "M09→O06",
    "M09→O08",
    "A08→M11",
    "M11→M12",
    "A13→M12",
    "A12→M13",
    "M13→O07",
    "A11→M14",
    "M14→O03",
    "M15→M09",
    "M19→A07",
    "X04→(A08→M12)",
    "A16→O04",
    "O04→M06",
    "M17→O15",
    "M18→O13",
]


@pytest.fixture(scope="module")
def theory() -> Theory:
    return read_theory(shipped("codebooks/diversion") / "theory.yaml")


def test_all_nodes_are_there_numbered_without_a_gap(theory: Theory) -> None:
    expected = [
        f"{letter}{n:02d}" if letter != "S" else f"S{n}" for letter, k in COUNTS.items() for n in range(1, k + 1)
    ]
    assert list(theory.nodes) == expected


def test_every_node_is_in_at_least_one_link(theory: Theory) -> None:
    used = {end for link in theory.links.values() for end in (link.from_, link.to, *link.guards)}
    assert set(theory.nodes) - used == set()


def test_every_element_names_its_source_and_the_head_explains_it(theory: Theory) -> None:
    head = theory.path.read_text(encoding="utf-8").split("\ntitle:")[0]
    elements = {**theory.nodes, **theory.links, **theory.configurations}
    assert [name for name, element in elements.items() if not element.source] == []
    tags = {tag for element in elements.values() for tag in element.source}
    assert [tag for tag in sorted(tags) if not re.search(rf"\b{tag}\b", head)] == []


def test_the_head_says_that_it_is_no_published_figure(theory: Theory) -> None:
    assert "NOT the figure that the evaluation published" in theory.path.read_text(encoding="utf-8")[:500]


@pytest.mark.parametrize("link", KEY_LINKS)
def test_key_links_say_what_would_speak_for_and_against_them(theory: Theory, link: str) -> None:
    key = theory.links[link]
    assert (bool(key.expects), bool(key.breaks), bool(key.rivals)) == (True, True, True)


def test_the_eight_configurations_lead_from_context_to_outcome(theory: Theory) -> None:
    kinds = {
        "context": {"context", "moderator"},
        "resource": {"activity"},
        "reasoning": {"mechanism"},
        "outcome": {"outcome"},
    }
    assert list(theory.configurations) == [f"CMO{n}" for n in range(1, 9)]
    for configuration in theory.configurations.values():
        for part, allowed in kinds.items():
            assert {theory.nodes[node].type for node in getattr(configuration, part)} <= allowed


def test_fidelity_bears_on_every_link_from_an_activity_to_a_mechanism(theory: Theory) -> None:
    expected = {
        f"X17→({name})"
        for name, link in theory.links.items()
        if link.target is None
        and theory.nodes[link.from_].type == "activity"
        and theory.nodes[link.to].type == "mechanism"
    }
    assert {name for name in theory.links if name.startswith("X17")} == expected


def test_what_a_person_should_look_at_is_known(theory: Theory) -> None:
    found = [problem.what for problem in theory.check()]
    unlinked = [what for what in found if what.startswith("in CMO")]
    silent = [what for what in found if "count against" in what]
    assert [what.split()[1] for what in unlinked] == ["CMO4", "CMO5", "CMO6", "CMO8"]
    assert [re.findall(r"[A-Z]\d\d", what)[0] for what in found if what not in unlinked + silent] == [
        "M15",
        "M16",
        "M17",
        "M18",
        "O13",
        "O15",
        "O16",
    ]
    assert [what[:30] for what in silent] == ["76 of 122 links do not say wha"]
