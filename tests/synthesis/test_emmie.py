"""EMMIE holds what was found, and says what was not assessed."""

import pandas as pd

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.synthesis import DIMENSIONS, synthesise


def _finding(name: str, table: pd.DataFrame, *statements: str) -> Finding:
    return Finding(name=name, title=name, table=table, statements=statements, provenance=Provenance(call=name))


def test_with_nothing_given_nothing_is_assessed() -> None:
    emmie = synthesise([])
    assert emmie.table["dimension"].tolist() == list(DIMENSIONS)
    assert set(emmie.table["status"]) == {"not assessed"}
    assert emmie.statements[0] == "Effects: not assessed."


def test_findings_go_to_their_dimension_and_effects_stay_not_assessed() -> None:
    theory = pd.DataFrame(
        {
            "type": ["triggers", "yields", "moderates"],
            "status": ["supported", "contested", "untested"],
            "from_type": ["activity", "mechanism", "moderator"],
            "to_type": ["mechanism", "outcome", "link"],
        }
    )
    given = [
        _finding("theory", theory),
        _finding("fidelity-durham", theory, "Assessed in time: 9 of 10."),
        _finding("corpus", theory, "Two transcripts."),
    ]
    table = synthesise(given).table.set_index("dimension")
    assert table.loc["Mechanisms", "note"] == (
        "Links of the theory that involve a mechanism: 1 supported, 1 contested, 0 refuted, 0 untested."
    )
    assert table.loc["Moderators", "note"].endswith("0 supported, 0 contested, 0 refuted, 1 untested.")
    assert table.loc["Implementation", "note"] == "Assessed in time: 9 of 10."
    assert table.loc[["Effects", "Economics"], "status"].tolist() == ["not assessed", "not assessed"]


def test_every_comparison_of_groups_is_a_moderator_and_a_manual_of_which_nothing_was_seen_is_not_observable() -> None:
    component = pd.DataFrame({"component": ["DU-01"], "status": ["not observable"], "delivered": [0]})
    given = [
        _finding("equity-age-band", pd.DataFrame({"group": ["18-25"]}), "Ages differ little."),
        _finding("equity-coverage", pd.DataFrame({"group": ["x"]}), "Sex is recorded."),
        _finding("fidelity-durham", component, "0 of 1 components can be seen."),
    ]
    table = synthesise(given).table.set_index("dimension")
    assert (table.loc["Moderators", "status"], table.loc["Moderators", "finding"]) == ("assessed", "equity-age-band")
    assert table.loc["Implementation", "status"] == "not observable"


def test_mechanisms_tell_how_many_cases_against_wait() -> None:
    theory = pd.DataFrame(
        {
            "type": ["triggers", "yields", "moderates"],
            "status": ["contested", "contested", "untested"],
            "from_type": ["activity", "mechanism", "moderator"],
            "to_type": ["mechanism", "outcome", "link"],
            "unresolved": [2, 1, 0],
        }
    )
    notes = synthesise([_finding("theory", theory)]).table.set_index("dimension")["note"]
    assert notes["Mechanisms"].endswith("0 untested. 3 passages against them await a disposition.")
    assert notes["Moderators"].endswith("1 untested.")
