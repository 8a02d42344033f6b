"""The three manuals that come with the package."""

import pytest

from workbench.definitions import shipped
from workbench.manual import Manual, read_manual

SIZES = {"durham": ("DU", 11), "thames-valley": ("TV", 10), "west-midlands": ("WM", 15)}

DEMO_ACTIVITIES = {
    "encounter", "offer", "acceptance", "refusal", "referral", "contact", "assessment", "advice", "allocation",
    "group_session", "one_to_one", "contract", "contract_review", "restorative", "onward_referral", "non_engagement",
    "completion", "police_feedback", "closing", "training", "reoffer",
}  # fmt: skip


@pytest.fixture(params=SIZES)
def manual(request: pytest.FixtureRequest) -> Manual:
    return read_manual(shipped(f"codebooks/diversion/manuals/{request.param}.yaml"))


def test_each_manual_holds_its_components_in_order(manual: Manual) -> None:
    prefix, size = SIZES[manual.scheme]

    assert list(manual.components) == [f"{prefix}-{number:02}" for number in range(1, size + 1)]


def test_a_component_without_rule_says_why_and_one_with_a_deadline_says_where_the_number_comes_from(
    manual: Manual,
) -> None:
    silent = [component.id for component in manual.components.values() if not component.note]
    unexplained = [
        component.id
        for component in manual.components.values()
        if component.rule and component.rule.within and component.rule.within.n
        and not ("assumption" in component.note or "365 days" in component.note)
    ]  # fmt: skip

    assert silent == []
    assert unexplained == []


def test_rules_speak_only_of_activities_that_the_demonstration_records(manual: Manual) -> None:
    named = {
        activity
        for component in manual.components.values()
        if component.rule
        for pattern in component.rule.patterns()
        for activity in pattern.activities
    }
    assert named <= DEMO_ACTIVITIES
    assert named


def test_what_only_people_can_tell_has_no_rule(manual: Manual) -> None:
    ruled = [component.id for component in manual.components.values() if component.rule]

    assert [name for name in ruled if not manual.components[name].seen_in_records] == []
    assert ruled
