"""Worked cases for the templates about amounts and values, and for what makes a rule apply."""

from datetime import date
from textwrap import dedent

import pytest
from event_tables import events, manual, records, statuses

from workbench.errors import InputError
from workbench.fidelity import case_status

REVIEWS = """
    case   at          activity
    none   2022-01-01  contract
    one    2022-01-01  contract
    one    2022-02-01  review
    two    2022-01-01  contract
    two    2022-02-01  review
    two    2022-03-01  review
    three  2022-01-01  contract
    three  2022-02-01  review
    three  2022-02-02  review
    three  2022-12-01  review
"""


def test_existence_absence_and_exactly_count_the_targets_of_a_case() -> None:
    rule = "{template: %s, target: {activity: review}, n: 2}"

    assert statuses(REVIEWS, rule % "existence") == {"none": "missed", "one": "missed", "two": "met", "three": "met"}
    assert statuses(REVIEWS, rule % "absence") == {"none": "met", "one": "met", "two": "missed", "three": "missed"}
    assert statuses(REVIEWS, rule % "exactly") == {"none": "missed", "one": "missed", "two": "met", "three": "missed"}


def test_counts_in_a_window_are_decided_when_they_no_longer_can_change() -> None:
    rule = "{template: %s, target: {activity: review}, n: 2, within: {n: 60, unit: days}}"
    early = {"none": "not_due", "one": "not_due", "two": "not_due", "three": "not_due"}

    assert statuses(REVIEWS, rule % "existence", as_of="2022-02-03") == early | {"three": "met"}
    assert statuses(REVIEWS, rule % "absence", as_of="2022-02-03") == early | {"three": "missed"}
    assert statuses(REVIEWS, rule % "exactly", as_of="2022-02-03") == early
    assert statuses(REVIEWS, rule % "exactly") == {"none": "missed", "one": "missed", "two": "met", "three": "met"}


def test_the_activity_itself_is_not_counted_after_its_own_activation() -> None:
    table = """
        case   at          activity
        once   2022-01-01  offer
        twice  2022-01-01  offer
        twice  2022-01-01  offer
    """
    rule = "{template: absence, activation: {activity: offer}, target: {activity: offer}, ties: lenient}"

    assert statuses(table, rule) == {"once": "met", "twice": "missed"}


def test_a_dose_in_events_counts_only_the_window() -> None:
    rule = """
        template: dose
        activation: {activity: contract}
        target: {activity: review}
        dose: {at_least: 2}
        within: {n: 60, unit: days}
    """
    assert statuses(REVIEWS, rule) == {"none": "missed", "one": "missed", "two": "met", "three": "met"}
    assert statuses(REVIEWS, rule.replace("60", "40"))["two"] == "missed"


def test_a_dose_in_minutes_adds_up_and_has_two_ends() -> None:
    table = """
        case   at          activity    minutes
        right  2022-01-01  allocation  -
        right  2022-01-08  group       90
        right  2022-01-15  group       60
        short  2022-01-01  allocation  -
        short  2022-01-08  group       90
        long   2022-01-01  allocation  -
        long   2022-01-08  group       200
        never  2022-01-01  allocation  -
        blank  2022-01-01  allocation  -
        blank  2022-01-08  group       -
        half   2022-01-01  allocation  -
        half   2022-01-08  group       130
        half   2022-01-15  group       -
    """
    rule = """
        template: dose
        activation: {activity: allocation}
        target: {activity: group}
        dose: {of: minutes, at_least: 120, at_most: 180}
        within: {n: 42, unit: days}
    """
    told = {"right": "met", "short": "missed", "long": "missed", "never": "missed", "blank": "missed", "half": "met"}
    assert statuses(table, rule) == told
    unknown = {"blank": "not_observable", "half": "not_observable"}
    assert statuses(table, dedent(rule) + "missing: unknown") == told | unknown
    open_ended = dedent(rule).replace(", at_most: 180", "").replace("120", "60") + "missing: unknown"
    assert statuses(table, open_ended) == told | {"short": "met", "long": "met", "blank": "not_observable"}
    early = statuses(table, rule, as_of="2022-01-20")
    assert early == dict.fromkeys(told, "not_due") | {"long": "missed"}


def test_required_values_can_hold_fail_or_be_unknown() -> None:
    table = """
        case   at          activity   arrested  result
        free   2022-01-01  encounter  no        4
        held   2022-01-01  encounter  yes       4
        blank  2022-01-01  encounter  -         4
        many   2022-01-01  encounter  no        7
    """
    rule = """
        template: required_value
        activation: {activity: encounter}
        requires: [{field: arrested, is: false}, {field: result, at_most: 5}]
    """
    told = {"free": "met", "held": "missed", "blank": "missed", "many": "missed"}
    assert statuses(table, rule) == told
    assert statuses(table, dedent(rule) + "missing: unknown") == told | {"blank": "not_observable"}


@pytest.mark.parametrize(
    ("condition", "matching"),
    [
        ("is: app", {"app"}),
        ("is: [app, form]", {"app", "form"}),
        ("is_not: app", {"form"}),
        ("in: [form]", {"form"}),
        ("present: true", {"app", "form"}),
        ("present: false", {"blank"}),
    ],
)
def test_an_empty_value_fails_every_condition_but_the_one_about_emptiness(condition: str, matching: set[str]) -> None:
    table = """
        case   at          activity  result
        app    2022-01-01  referral  app
        form   2022-01-01  referral  form
        blank  2022-01-01  referral  -
    """
    rule = f"{{template: existence, target: {{activity: referral, where: [{{field: result, {condition}}}]}}}}"

    assert {case for case, status in statuses(table, rule).items() if status == "met"} == matching


def test_when_says_which_cases_a_rule_is_for() -> None:
    table = """
        case     at          activity    result
        group    2022-01-01  allocation  group
        single   2022-01-01  allocation  one_to_one
    """
    rule = """
        template: existence
        when: [{activity: allocation, where: [{field: result, is: group}]}]
        target: {activity: group_session}
    """
    assert statuses(table, rule) == {"group": "missed", "single": "not_applicable"}


def test_a_rule_holds_on_its_first_and_last_day_and_not_outside() -> None:
    table = """
        case    at                activity
        before  2021-11-30T23:59  referral
        first   2021-12-01T00:00  referral
        last    2022-03-31T23:59  referral
        after   2022-04-01T00:00  referral
    """
    rule = "{template: response, activation: {activity: referral}, target: {activity: assessment}}"
    found = statuses(table, rule, valid_from=date(2021, 12, 1), valid_to=date(2022, 3, 31))

    assert found == {"before": "not_applicable", "first": "missed", "last": "missed", "after": "not_applicable"}


def test_case_ids_that_look_like_nothing_or_numbers_survive() -> None:
    table = """
        case  at          activity
        NA    2022-01-01  referral
        007   2022-01-01  referral
        7     2022-01-01  assessment
        1e5   2022-01-01  referral
        1e5   2022-01-02  assessment
    """
    rule = "{template: response, activation: {activity: referral}, target: {activity: assessment}}"

    assert statuses(table, rule) == {"NA": "missed", "007": "missed", "7": "not_applicable", "1e5": "met"}


def test_order_in_the_file_does_not_matter_where_times_differ() -> None:
    table = """
        case  at          activity
        b     2022-01-09  assessment
        a     2022-01-03  referral
        b     2022-01-01  referral
        a     2022-01-01  assessment
    """
    rule = "{template: response, activation: {activity: referral}, target: {activity: assessment}}"

    assert statuses(table, rule) == {"b": "met", "a": "missed"}


def test_a_column_that_the_events_lack_is_named() -> None:
    rule = "{template: required_value, activation: {activity: a}, requires: [{field: outcome, present: true}]}"
    frame = events("case at activity\nc 2022-01-01 a")

    with pytest.raises(InputError, match=r"manual\.yaml: its rules need the event columns outcome"):
        case_status(records(frame), manual(rule), as_of="2022-01-01")


def test_a_date_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="as_of='31/03/2023' is no date: write it as 2023-03-31"):
        case_status(records(events("case at activity\nc 2022-01-01 a")), manual(""), as_of="31/03/2023")
