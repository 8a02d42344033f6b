"""How far each incident came, from recorded to completed, and two outcomes beside: diverted, criminalised."""

from typing import Any

FROM_EVENTS = {
    "offered": "offer",
    "accepted": "acceptance",
    "assessed": "assessment",
    "completed": "completion",
}
"""Stage, and the activity that shows it."""

OUTCOMES = ("diverted", "criminalised")
"""Outcomes of an incident. They stand beside the stages: nobody has to pass one stage to have one."""

DIVERTED_CODE = "22"

CRIMINALISED_CODES = ("1", "1A", "3", "3A")
"""Charge or summons, and adult caution; each also for an alternate offence."""

NOT_YET_ASSIGNED = "0"

OPEN_GROUPS = ("not yet assigned", "arrest, outcome not known", "other")
"""Groups of outcomes.csv that leave the outcome open: it comes later, or the extract does not hold it."""

ADULT = 18

GROUP_2_SCHEMES = ("durham",)
"""Schemes whose manual takes Group 2 offences (theft, assault or damage with a drugs flag) too."""


def stage_table(incidents: Any, events: Any) -> Any:
    """Return the incidents with one nullable flag per stage and per outcome.

    `eligible` follows the manuals' common rule: an adult, and a Group 1
    offence (in Durham also Group 2); null when age or offence is not known.
    `referred` is the police's own flag. The stages that events show are null
    where no event of the incident's scheme is known at all (not observable),
    and false where events are known and show none.

    `diverted` is the police's flag or outcome 22; `criminalised` is outcome 1, 1A, 3 or 3A. Null where it is not known:
    an outcome that is blank, not yet assigned, or decided after an arrest.
    """
    import ibis

    shown = {stage: (events.activity == activity).any() for stage, activity in FROM_EVENTS.items()}
    # Two providers may both count their cases from 1: scheme and case together name a case.
    cases = events.group_by(event_scheme=events.scheme.fill_null(""), event_case=events.case).agg(**shown)
    schemes = events.select(known_scheme=events.scheme.fill_null("")).distinct()
    keyed = incidents.mutate(scheme_key=incidents.scheme.fill_null(""))
    joined = keyed.left_join(schemes, keyed.scheme_key == schemes.known_scheme)
    joined = joined.left_join(cases, [joined.scheme_key == cases.event_scheme, joined.case == cases.event_case])
    by_rule = (joined.age >= ADULT) & (
        (joined.offence_group == "1") | ((joined.offence_group == "2") & joined.scheme_key.isin(GROUP_2_SCHEMES))
    )
    rule_known = joined.age.notnull() & joined.offence_group.notnull()
    null = ibis.null("boolean")
    flags = {
        stage: ibis.ifelse(joined.known_scheme.notnull(), joined[stage].fill_null(False), null) for stage in FROM_EVENTS
    }
    return joined.select(
        *incidents.columns,
        recorded=ibis.literal(True),
        eligible=ibis.ifelse(rule_known, by_rule, null),
        offered=flags["offered"],
        accepted=flags["accepted"],
        referred=joined.was_diverted,
        assessed=flags["assessed"],
        completed=flags["completed"],
        **_outcomes(joined),
    )


def _outcomes(incidents: Any) -> dict[str, Any]:
    """Return the flags of `OUTCOMES`."""
    import ibis

    code, group = incidents.outcome, incidents.outcome_group
    # A code decides; what has none, such as no further action at a stop, is known by its group alone.
    by_code = code.notnull() & (code != NOT_YET_ASSIGNED)
    by_group = code.isnull() & group.notnull() & ~group.isin(OPEN_GROUPS)
    known = by_code.fill_null(False) | by_group.fill_null(False)
    diverted = incidents.was_diverted.fill_null(False) | (code == DIVERTED_CODE).fill_null(False)
    null = ibis.null("boolean")
    return {
        "diverted": ibis.ifelse(known | incidents.was_diverted.notnull(), diverted, null),
        "criminalised": ibis.ifelse(known, code.isin(CRIMINALISED_CODES).fill_null(False), null),
    }
