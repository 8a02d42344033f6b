"""The exact columns of the two tables, and the stages of the decision funnel."""

STAGES = ("recorded", "eligible", "offered", "accepted", "referred", "assessed", "completed")
"""In order. Each later stage asks only about those who could have reached it."""

INCIDENT_COLUMNS = {
    "incident": "text",
    "person": "text",
    "case": "text",
    "force": "text",
    "scheme": "text",
    "sex": "text",
    "age": "whole",
    "age_band": "text",
    "ethnicity_self": "text",
    "ethnicity_officer": "text",
    "ethnicity": "text",
    "ethnicity_officer_group": "text",
    "ethnicity_self_then_officer": "text",
    "contact_date": "date",
    "contact_reason": "text",
    "offence": "text",
    "offence_group": "text",
    "drug": "text",
    "was_diverted": "flag",
    "was_arrested": "flag",
    "outcome": "text",
    "outcome_group": "text",
    "place": "text",
    "fictional": "flag",
}
"""Name and kind of each column of `Records.incidents`."""

EVENT_COLUMNS = {
    "event": "text",
    "case": "text",
    "activity": "text",
    "at": "time",
    "scheme": "text",
    "actor": "text",
    "minutes": "number",
    "result": "text",
    "arrested": "flag",
    "outcome": "text",
    "offence_group": "text",
    "note": "text",
    "place": "text",
    "fictional": "flag",
}
"""Name and kind of each column of `Records.events`."""

IDENTITY = ("pnc", "first_name", "middle_name", "last_name", "name", "dob")
"""Columns that lead to a person's random id and go no further."""

ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other", "Not stated")
"""The 5+1 groups. Not stated is a group of its own, never Other."""
