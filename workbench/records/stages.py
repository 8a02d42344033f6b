"""How far each incident came: recorded, eligible, offered, accepted, referred, assessed, completed."""

from typing import Any

FROM_EVENTS = {
    "offered": "offer",
    "accepted": "acceptance",
    "assessed": "assessment",
    "completed": "completion",
}
"""Stage, and the activity that shows it."""

ADULT = 18

GROUP_2_SCHEMES = ("durham",)
"""Schemes whose manual takes Group 2 offences (theft, assault or damage with a drugs flag) too."""


def stage_table(incidents: Any, events: Any) -> Any:
    """Return the incidents with one nullable flag per stage.

    `eligible` follows the manuals' common rule: an adult, and a Group 1
    offence (in Durham also Group 2); null when age or offence is not known.
    `referred` is the police's own flag. The stages that events show are null
    where no event of the incident's scheme is known at all (not observable),
    and false where events are known and show none.
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
    )
