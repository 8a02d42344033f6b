"""The engine on arrays and a second implementation in plain Python agree on random logs and random rules."""

from datetime import date, datetime, timedelta

import pandas as pd
from event_tables import manual
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_rules import naive_status

from workbench.fidelity.evaluate import evaluate
from workbench.fidelity.log import end_of, sort_log
from workbench.fidelity.status import NAMES
from workbench.fidelity.templates import TEMPLATES
from workbench.manual import SHAPES, Component

START = datetime(2022, 3, 3)  # a Thursday: weekends lie inside every window
HOLIDAYS = (date(2022, 3, 8),)
ACTIVITIES = ["a", "b"]

event = st.fixed_dictionaries(
    {
        "case": st.sampled_from(["NA", "007"]),
        "activity": st.sampled_from(ACTIVITIES),
        "at": st.integers(0, 16).map(lambda half: START + timedelta(hours=12 * half)),
        "minutes": st.sampled_from([None, 0.0, 30.0, 90.0]),
        "result": st.sampled_from([None, "app", "4", "7"]),
        "arrested": st.sampled_from([None, True, False]),
    }
)
condition = st.sampled_from(
    [
        {"field": "result", "is": "app"},
        {"field": "result", "is_not": "app"},
        {"field": "result", "in": ["4", "7"]},
        {"field": "result", "present": True},
        {"field": "minutes", "at_least": 30},
        {"field": "minutes", "at_most": 30},
        {"field": "minutes", "present": False},
        {"field": "arrested", "is": False},
    ]
)
pattern = st.builds(
    lambda activity, where: {"activity": activity, "where": where},
    st.one_of(st.sampled_from(ACTIVITIES), st.just(["a", "b"])),
    st.one_of(st.just([]), st.lists(condition, max_size=1)),
)
within = st.builds(
    lambda n, unit, inclusive: {"n": n, "unit": unit, "inclusive": inclusive or n == 0},
    st.integers(0, 6),
    st.sampled_from(["hours", "days", "working_days"]),
    st.booleans(),
)
dose = st.sampled_from(
    [
        {"of": "events", "at_least": 2},
        {"of": "events", "at_least": 1, "at_most": 2},
        {"of": "minutes", "at_least": 60},
        {"of": "minutes", "at_least": 30, "at_most": 90},
        {"of": "minutes", "at_most": 60},
    ]
)
PARTS = {
    "activation": pattern, "target": pattern, "within": within, "dose": dose, "n": st.integers(1, 3),
    "requires": st.lists(condition, min_size=1, max_size=2),
    "ties": st.sampled_from(["recorded", "lenient", "strict"]), "missing": st.sampled_from(["violation", "unknown"]),
}  # fmt: skip


@st.composite
def rules(draw: st.DrawFn, template: str) -> dict[str, object]:
    shape = SHAPES[template]
    rule: dict[str, object] = {
        "template": template,
        "when": draw(st.one_of(st.just([]), st.lists(pattern, max_size=1))),
    }
    for part in shape.needs + tuple(part for part in shape.may if draw(st.booleans())):
        rule[part] = draw(PARTS[part])
    return rule


@settings(max_examples=500, deadline=None)
@given(data=st.data(), events=st.lists(event, min_size=1, max_size=10), day=st.integers(0, 12), dated=st.booleans())
def test_both_implementations_give_every_case_the_same_status(data, events, day, dated) -> None:
    rule = data.draw(st.sampled_from(sorted(TEMPLATES)).flatmap(rules))
    as_of = (START + timedelta(days=day)).date()
    book = manual("{template: existence, target: {activity: a}}", holidays=HOLIDAYS)
    component = Component.model_validate(
        book.components["R1"].model_dump(exclude={"rule"})
        | {"rule": rule}
        | ({"valid_from": date(2022, 3, 5), "valid_to": date(2022, 3, 12)} if dated else {})
    )
    seen = [one for one in events if one["at"].date() <= as_of]
    frame = pd.DataFrame(seen, columns=["case", "activity", "at", "minutes", "result", "arrested"], dtype=object)
    frame = frame.assign(event="e", actor=None, at=pd.to_datetime(frame["at"]))

    log = sort_log(frame, end_of(as_of))
    found = dict(zip(log.names, (NAMES[code] for code in evaluate(log, component, book).case_codes), strict=True))

    cases = {name: [one for one in seen if one["case"] == name] for name in {one["case"] for one in seen}}
    assert found == {name: naive_status(own, component, as_of, HOLIDAYS) for name, own in cases.items()}


def test_every_template_of_the_vocabulary_has_a_judge() -> None:
    assert set(TEMPLATES) == set(SHAPES)
