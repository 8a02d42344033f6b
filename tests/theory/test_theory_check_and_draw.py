"""What a theory tells a person: tables, points to look at, and a drawing."""

from itertools import pairwise
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from workbench.errors import InputError
from workbench.theory import Theory, read_theory

HEAD = 'title: Soup\nversion: "1"\ndate: 2025-03-01\nstatus: Invented for a test.\n'
KINDS = {"A": "activity", "C": "context", "M": "mechanism", "O": "outcome", "S": "assumption", "X": "moderator"}


def theory_of(folder: Path, nodes: str, *links: str) -> Theory:
    """Build a theory from ids and links such as `A1 triggers M1`."""
    lines = [HEAD, "nodes:"]
    lines += [f"  - {{id: {n}, type: {KINDS[n[0]]}, name: 'The \"{n}\"', definition: d}}" for n in nodes.split()]
    lines += ["links:"] if links else []
    for link in links:
        start, kind, end = link.split()
        lines.append(f"  - {{from: {start}, to: {end}, type: {kind}, breaks: b}}")
    path = folder / "theory.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_theory(path)


def looks(theory: Theory) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in theory.check()]


def test_a_theory_in_order_asks_for_no_look(tmp_path: Path) -> None:
    assert looks(theory_of(tmp_path, "A1 M1 O1", "A1 triggers M1", "M1 yields O1")) == []


def test_a_node_in_no_link_is_pointed_out(tmp_path: Path) -> None:
    found = looks(theory_of(tmp_path, "A1 M1 O1 S1", "A1 triggers M1", "M1 yields O1"))
    assert found == ['theory.yaml, line 10: S1 (The "S1") is in no link']


def test_an_outcome_that_nothing_or_no_activity_leads_to_is_pointed_out(tmp_path: Path) -> None:
    found = looks(theory_of(tmp_path, "A1 M1 C1 O1 O2", "A1 triggers M1", "C1 yields O1", "O2 precedes A1"))
    assert found == [
        'theory.yaml, line 10: no activity leads to O1 (The "O1")',
        'theory.yaml, line 11: nothing leads to O2 (The "O2")',
    ]


def test_a_mechanism_without_a_trigger_is_pointed_out(tmp_path: Path) -> None:
    found = looks(theory_of(tmp_path, "A1 M1 O1", "A1 yields O1", "M1 yields O1"))
    assert found == ['theory.yaml, line 8: nothing leads to M1 (The "M1")']


def test_each_loop_is_told_once_as_a_way_round(tmp_path: Path) -> None:
    links = ["A1 precedes A2", "A2 precedes A3", "A3 precedes A2", "A3 precedes A4", "A5 enables A6", "A6 enables A5"]
    found = looks(theory_of(tmp_path, "A1 A2 A3 A4 A5 A6", *links))
    assert found == [
        "theory.yaml, line 15: A2→A3→A2 is a loop",
        "theory.yaml, line 18: A5→A6→A5 is a loop",
    ]


def test_moderation_is_neither_a_way_to_an_outcome_nor_a_loop(tmp_path: Path) -> None:
    theory = theory_of(tmp_path, "A1 M1 X1 O1", "A1 triggers M1", "X1 moderates A1->M1", "X1 moderates O1")
    assert looks(theory) == ['theory.yaml, line 10: nothing leads to O1 (The "O1")']


def test_links_that_do_not_say_what_would_count_against_them_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "theory.yaml"
    theory_of(tmp_path, "A1 M1 O1", "A1 triggers M1", "M1 yields O1")
    path.write_text(path.read_text(encoding="utf-8").replace(", breaks: b", "", 1), encoding="utf-8")
    assert looks(read_theory(path)) == ["theory.yaml, line 11: A1→M1 does not say what would count against it"]


def test_many_links_without_breaks_are_told_in_one_message_each_with_its_line(tmp_path: Path) -> None:
    nodes = [f"A{number}" for number in range(14)]
    links = [f"{start} precedes {end}" for start, end in pairwise(nodes)]
    path = theory_of(tmp_path, " ".join(nodes), *links).path
    path.write_text(path.read_text(encoding="utf-8").replace(", breaks: b", ""), encoding="utf-8")
    [told] = looks(read_theory(path))
    assert told.startswith("theory.yaml: 13 of 13 links do not say what would count against them: A0→A1 (line 22), ")
    assert told.endswith("A12→A13 (line 34)")


def configured(folder: Path, more: str) -> list[str]:
    path = theory_of(folder, "A1 M1 X1 O1", "A1 triggers M1", "M1 yields O1", "X1 moderates A1->M1").path
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return [told.removeprefix("theory.yaml, line ") for told in looks(read_theory(path))]


def test_a_configuration_that_lacks_a_part_or_holds_a_wrong_node_is_told_with_its_line(tmp_path: Path) -> None:
    told = configured(
        tmp_path,
        "\nconfigurations:\n"
        "  - {id: CMO1, name: N, context: [X1], resource: [A1], reasoning: [M1], outcome: [O1]}\n"
        "  - {id: CMO2, name: N, context: [M1], resource: [A1], reasoning: [], outcome: [O1]}\n"
        "  - {id: CMO3, name: N, context: [X1], resource: [X1], reasoning: [M1], outcome: [O1]}\n",
    )
    assert told == [
        '17: the context of CMO2 is M1 (The "M1"), a node of type mechanism',
        "17: CMO2 (N) has no reasoning",
        '18: the resource of CMO3 is X1 (The "X1"), a node of type moderator',
        "18: in CMO3 (N) no link leads from its resource to its reasoning",
    ]


def test_a_change_about_nothing_or_of_a_later_date_is_told_with_its_line(tmp_path: Path) -> None:
    told = configured(
        tmp_path,
        "\nchanges:\n  - {date: 2025-01-01, about: A1->M1, because: b}\n"
        "  - {date: 2025-01-01, about: A1->M2, because: b}\n"
        "  - {date: 2025-04-01, about: M1, because: b}\n  - {date: 2025-01-01, about: Z9, because: gone}\n",
    )
    assert told == [
        "17: a change is about 'A1->M2', which this version has not",
        "18: a change of 2025-04-01 is later than this version (2025-03-01)",
    ]


@pytest.mark.parametrize("bomb", ["title: !!python/object/apply:os.system ['true']", "a: &a [x]\nb: [*a, *a]"])
def test_code_and_anchors_in_a_theory_are_refused(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "theory.yaml"
    path.write_text(bomb, encoding="utf-8")
    with pytest.raises(InputError, match=r"theory\.yaml, line 1"):
        read_theory(path)


def test_the_table_of_links_has_a_row_for_each_link(tmp_path: Path) -> None:
    table = theory_of(tmp_path, "A1 M1 X1", "A1 triggers M1", "X1 moderates A1->M1").to_table()
    assert table[["link", "from", "to", "type", "breaks"]].to_numpy().tolist() == [
        ["A1→M1", "A1", "M1", "triggers", "b"],
        ["X1→(A1→M1)", "X1", "A1->M1", "moderates", "b"],
    ]


def test_nodes_and_configurations_have_tables_too(tmp_path: Path) -> None:
    theory = theory_of(tmp_path, "A1 M1", "A1 triggers M1")
    assert theory.to_table("nodes")[["node", "type"]].to_numpy().tolist() == [["A1", "activity"], ["M1", "mechanism"]]
    configurations = theory.to_table("configurations")
    assert (len(configurations), list(configurations)[:2]) == (0, ["configuration", "name"])


def test_a_small_theory_is_drawn(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    nodes = "C1 A1 M1 X1 O1 S1"
    links = ["C1 enables A1", "A1 triggers M1", "M1 yields O1", "X1 moderates A1->M1", "C1 inhibits M1"]
    theory = theory_of(tmp_path, nodes, *links)
    assert theory.diagram({"A1->M1": "contested", "M1→O1": "supported"}) == snapshot


def test_only_the_nodes_asked_for_are_drawn(tmp_path: Path) -> None:
    theory = theory_of(tmp_path, "A1 M1 X1 O1", "A1 triggers M1", "M1 yields O1", "X1 moderates A1->M1")
    drawn = theory.diagram(nodes=["M1", "O1", "X1"]).splitlines()
    assert [line.strip() for line in drawn if "|" in line] == ['M1 -->|"yields"| O1']
    assert sum(":::" in line for line in drawn) == 3


def test_every_line_style_names_a_line_that_is_drawn(tmp_path: Path) -> None:
    theory = theory_of(tmp_path, "A1 M1 X1 O1", "A1 triggers M1", "X1 moderates A1->M1", "M1 yields O1")
    drawn = theory.diagram({"X1->A1->M1": "refuted", "M1->O1": "untested"}).splitlines()
    lines = [line for line in drawn if '|"' in line or line.strip().startswith("joint")]
    styles = {line.split()[1]: line.split()[2] for line in drawn if "linkStyle" in line}
    assert [line.strip() for line in lines] == [
        'A1 ---|"triggers"| joint1(( )):::joint',
        "joint1 --> M1",
        'X1 -.->|"moderates: refuted"| joint1',
        'M1 -->|"yields: untested"| O1',
    ]
    assert set(styles) == {"2", "3"}


def test_unknown_nodes_links_and_verdicts_are_refused(tmp_path: Path) -> None:
    theory = theory_of(tmp_path, "A1 M1", "A1 triggers M1")
    with pytest.raises(InputError, match="there is no node 'M9'"):
        theory.diagram(nodes=["M9"])
    with pytest.raises(InputError, match="there is no link 'A1→M9'"):
        theory.diagram({"A1→M9": "supported"})
    with pytest.raises(InputError, match=r"'proven' is no verdict\. Known: supported, contested, refuted, untested"):
        theory.diagram({"A1→M1": "proven"})
