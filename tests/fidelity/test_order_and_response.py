"""Worked cases for the templates about order and time."""

from datetime import date

from event_tables import events, manual, records, statuses

from workbench.fidelity import case_status

WITHIN_14_DAYS = """
template: response
activation: {activity: referral}
target: {activity: assessment}
within: {n: 14, unit: days}
"""


def test_response_tells_kept_late_never_not_yet_due_and_not_concerned_apart() -> None:
    table = """
        case   at          activity
        kept   2022-03-01  referral
        kept   2022-03-10  assessment
        late   2022-03-01  referral
        late   2022-03-16  assessment
        never  2022-03-01  referral
        wait   2022-03-25  referral
        other  2022-03-01  encounter
    """
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-03-31") == {
        "kept": "met", "late": "missed", "never": "missed", "wait": "not_due", "other": "not_applicable",
    }  # fmt: skip


def test_the_last_day_counts_when_inclusive_and_not_when_exclusive() -> None:
    table = """
        case   at                activity
        day14  2022-03-01T18:00  referral
        day14  2022-03-15T23:59  assessment
        day15  2022-03-01T18:00  referral
        day15  2022-03-16T00:00  assessment
    """
    exclusive = WITHIN_14_DAYS.replace("unit: days", "unit: days, inclusive: false")

    assert statuses(table, WITHIN_14_DAYS) == {"day14": "met", "day15": "missed"}
    assert statuses(table, exclusive) == {"day14": "missed", "day15": "missed"}


def test_hours_run_by_the_clock() -> None:
    table = """
        case  at                activity
        on    2022-03-01T18:00  referral
        on    2022-03-02T18:00  assessment
        over  2022-03-01T18:00  referral
        over  2022-03-02T18:01  assessment
    """
    rule = WITHIN_14_DAYS.replace("n: 14, unit: days", "n: 24, unit: hours")

    assert statuses(table, rule) == {"on": "met", "over": "missed"}
    assert statuses(table, rule.replace("hours", "hours, inclusive: false")) == {"on": "missed", "over": "missed"}


def test_working_days_leave_out_weekends_and_the_manuals_holidays() -> None:
    table = """
        case  at          activity
        mon   2022-04-14  referral
        mon   2022-04-18  assessment
        tue   2022-04-14  referral
        tue   2022-04-19  assessment
        sat   2022-04-16  referral
        sat   2022-04-18  assessment
        sun   2022-04-17  referral
        sun   2022-04-19  assessment
    """  # 14 April 2022 is a Thursday, followed by Good Friday
    rule = WITHIN_14_DAYS.replace("n: 14, unit: days", "n: 2, unit: working_days")
    one_day = rule.replace("n: 2", "n: 1")

    assert statuses(table, rule) == {"mon": "met", "tue": "missed", "sat": "met", "sun": "met"}
    assert statuses(table, one_day) == {"mon": "missed", "tue": "missed", "sat": "met", "sun": "missed"}
    assert statuses(table, one_day, as_of="2022-04-15")["tue"] == "not_due"
    with_holiday = manual(rule, holidays=(date(2022, 4, 15),))
    found = case_status(records(events(table)), with_holiday, as_of="2022-12-31")
    assert dict(zip(found["case"], found["status"], strict=True)) == dict.fromkeys(["mon", "tue", "sat", "sun"], "met")


def test_a_case_is_due_on_the_first_day_after_the_last_day_allowed() -> None:
    table = """
        case  at                activity
        c     2022-03-01T18:00  referral
    """
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-03-14") == {"c": "not_due"}
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-03-15") == {"c": "missed"}


def test_events_after_the_cut_off_do_not_exist() -> None:
    table = """
        case   at                activity
        c      2022-03-01T18:00  referral
        c      2022-03-10T00:00  assessment
        later  2022-03-10T00:00  referral
    """
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-03-10") == {"c": "met", "later": "not_due"}
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-03-09") == {"c": "not_due"}


def test_one_broken_activation_breaks_the_case() -> None:
    table = """
        case  at          activity
        c     2022-01-01  referral
        c     2022-01-05  assessment
        c     2022-02-01  referral
    """
    assert statuses(table, WITHIN_14_DAYS) == {"c": "missed"}
    assert statuses(table, WITHIN_14_DAYS, as_of="2022-02-03") == {"c": "not_due"}


def test_an_absent_record_can_be_unknown_but_a_late_one_is_late() -> None:
    table = """
        case  at          activity
        none  2022-01-01  referral
        late  2022-01-01  referral
        late  2022-02-05  assessment
    """
    assert statuses(table, WITHIN_14_DAYS + "missing: unknown") == {"none": "not_observable", "late": "missed"}


def test_ties_are_read_as_the_rule_says() -> None:
    table = """
        case    at          activity
        before  2022-01-01  advice
        before  2022-01-01  assessment
        after   2022-01-01  assessment
        after   2022-01-01  advice
    """
    rule = "{template: response, activation: {activity: assessment}, target: {activity: advice}, ties: %s}"

    assert statuses(table, rule % "recorded") == {"before": "missed", "after": "met"}
    assert statuses(table, rule % "lenient") == {"before": "met", "after": "met"}
    assert statuses(table, rule % "strict") == {"before": "missed", "after": "missed"}


def test_an_event_is_never_its_own_answer() -> None:
    table = """
        case   at          activity
        once   2022-01-01  offer
        twice  2022-01-01  offer
        twice  2022-01-01  offer
    """
    rule = "{template: %s, activation: {activity: offer}, target: {activity: offer}, ties: lenient}"

    assert statuses(table, rule % "response") == {"once": "missed", "twice": "met"}
    assert statuses(table, rule % "precedence") == {"once": "missed", "twice": "met"}
    assert statuses(table, rule % "not_response") == {"once": "met", "twice": "missed"}


def test_precedence_asks_what_came_before_and_is_never_waiting() -> None:
    table = """
        case   at          activity
        right  2022-01-01  acceptance
        right  2022-01-02  referral
        wrong  2022-01-01  referral
        wrong  2022-01-02  acceptance
        none   2022-01-01  referral
    """
    rule = "{template: precedence, activation: {activity: referral}, target: {activity: acceptance}}"

    assert statuses(table, rule, as_of="2022-01-02") == {"right": "met", "wrong": "missed", "none": "missed"}
    unknown = rule.replace("}}", "}, missing: unknown}")
    assert statuses(table, unknown) == {"right": "met", "wrong": "missed", "none": "not_observable"}


def test_precedence_takes_the_nearest_earlier_event_against_the_time_allowed() -> None:
    table = """
        case   at          activity
        near   2022-01-01  acceptance
        near   2022-03-01  acceptance
        near   2022-03-05  referral
        stale  2022-01-01  acceptance
        stale  2022-03-05  referral
    """
    rule = """
        template: precedence
        activation: {activity: referral}
        target: {activity: acceptance}
        within: {n: 7, unit: days}
    """
    assert statuses(table, rule) == {"near": "met", "stale": "missed"}


def test_not_response_breaks_at_once_and_is_kept_only_when_the_time_is_over() -> None:
    table = """
        case    at          activity
        broken  2022-01-01  non_engagement
        broken  2022-02-01  reoffer
        kept    2021-01-01  non_engagement
        kept    2022-02-01  reoffer
        open    2022-01-01  non_engagement
    """
    rule = """
        template: not_response
        activation: {activity: non_engagement}
        target: {activity: reoffer}
        within: {n: 365, unit: days, inclusive: false}
    """
    assert statuses(table, rule, as_of="2022-03-31") == {"broken": "missed", "kept": "met", "open": "not_due"}
    assert statuses(table, rule, as_of="2022-12-31")["open"] == "met"


def test_init_looks_at_the_first_event_and_at_ties() -> None:
    table = """
        case   at          activity
        first  2022-01-01  encounter
        first  2022-01-02  offer
        tied   2022-01-01  offer
        tied   2022-01-01  encounter
        never  2022-01-01  offer
    """
    rule = "{template: init, target: {activity: encounter}, ties: %s}"

    assert statuses(table, rule % "recorded") == {"first": "met", "tied": "missed", "never": "missed"}
    assert statuses(table, rule % "lenient") == {"first": "met", "tied": "met", "never": "missed"}
    assert statuses(table, rule % "strict") == {"first": "met", "tied": "missed", "never": "missed"}


def test_case_within_measures_from_the_first_start_to_the_last_end() -> None:
    table = """
        case   at          activity
        quick  2022-01-01  referral
        quick  2022-02-01  closing
        slow   2022-01-01  referral
        slow   2022-02-01  closing
        slow   2022-06-01  closing
        open   2022-01-01  referral
    """
    rule = """
        template: case_within
        activation: {activity: referral}
        target: {activity: closing}
        within: {n: 90, unit: days}
    """
    assert statuses(table, rule) == {"quick": "met", "slow": "missed", "open": "missed"}
    assert statuses(table, rule, as_of="2022-03-01") == {"quick": "met", "slow": "met", "open": "not_due"}
    exact = rule.replace("90", "31")
    assert statuses(table, exact)["quick"] == "met"
    assert statuses(table, exact.replace("days", "days, inclusive: false"))["quick"] == "missed"


def test_a_case_without_a_named_end_is_kept_only_when_its_time_is_over() -> None:
    table = """
        case  at          activity
        c     2022-01-01  referral
        c     2022-01-20  assessment
    """
    rule = "{template: case_within, within: {n: 30, unit: days}}"

    assert statuses(table, rule, as_of="2022-01-30") == {"c": "not_due"}
    assert statuses(table, rule, as_of="2022-01-31") == {"c": "met"}
