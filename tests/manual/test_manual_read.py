"""Manuals are read whole or refused with every fault named."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from workbench.errors import InputError
from workbench.manual import SHAPES, Manual, Rule, describe_rule, read_manual

HEAD = """scheme: here
title: A scheme
version: "2022-01"
components:
"""
COMPONENT = """  - id: {id}
    name: Assessment
    prescribed: Assess within a fortnight
    actor: provider
    dimension: timeliness
    essential: true
    observability: [provider, interview]
    source: [S2]
"""
RULE = """    rule:
      template: response
      activation: {activity: referral, where: [{field: result, is: app}]}
      target: {activity: [assessment, contact]}
      within: {n: 14, unit: days}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "manual.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusals(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_manual(written(folder, text))
    return [str(problem) for problem in caught.value.problems]


def test_a_manual_comes_back_as_it_was_written(tmp_path: Path) -> None:
    text = HEAD + COMPONENT.format(id="A1") + "    valid_from: 2021-12-01\n" + RULE
    manual = read_manual(written(tmp_path, text))
    component = manual.components["A1"]

    assert isinstance(manual, Manual)
    assert (manual.scheme, manual.title, manual.version) == ("here", "A scheme", "2022-01")
    assert component.valid_from == date(2021, 12, 1)
    assert component.valid_to is None
    assert component.rule is not None
    assert component.rule.target is not None
    assert component.rule.target.activities == ("assessment", "contact")
    assert component.rule.fields() == {"result"}


def test_the_table_has_a_row_a_component_with_its_rule_in_words(tmp_path: Path) -> None:
    table = read_manual(
        written(tmp_path, HEAD + COMPONENT.format(id="A1") + RULE + COMPONENT.format(id="A2"))
    ).to_table()

    assert table["component"].tolist() == ["A1", "A2"]
    assert table["observability"].tolist() == ["provider, interview", "provider, interview"]
    assert table["rule"].tolist() == [
        "Each referral (where result is app) is followed by assessment or contact within 14 days "
        "(the last day counts).",
        "",
    ]


def test_nothing_in_a_manual_can_be_changed_afterwards(tmp_path: Path) -> None:
    manual = read_manual(written(tmp_path, HEAD + COMPONENT.format(id="A1")))

    with pytest.raises(TypeError):
        manual.components["A2"] = manual.components["A1"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        manual.components["A1"].essential = False


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = (
        HEAD
        + COMPONENT.format(id="A1").replace("provider\n", "provder\n")
        + RULE.replace("days", "weeks").replace("is: app", "is: 8")
        + COMPONENT.format(id="A1")
        + "    colour: red\n"
    )
    assert refusals(tmp_path, text) == [
        "manual.yaml, line 8: components.0.actor is 'provder': input should be 'officer', 'provider', 'navigator', "
        "'force' or 'person'.",
        "manual.yaml, line 15: components.0.rule.activation.where.0 is {'field': 'result', 'is': 8}: "
        "result holds text: put 8 in quotes.",
        "manual.yaml, line 17: components.0.rule.within.unit is 'weeks': input should be 'hours', 'days' or "
        "'working_days'.",
        "manual.yaml, line 26: components.1.colour is not known here. Check its spelling, or remove it.",
        "manual.yaml, line 18: the component 'A1' stands twice. Give each an id of its own.",
    ]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{template: respons}", "components.0.rule.template is 'respons': input should be 'init'"),
        ("{template: response, activation: {activity: a}}", "response needs target"),
        ("{template: init, target: {activity: a}, n: 2}", "init has no use for n"),
        ("{template: existence, target: {activity: a}, n: 0}", "n is 0: existence needs at least 1"),
        ("{template: init, target: {activity: []}}", "name at least one activity"),
        ("{template: init, target: {activity: a, where: [{field: colour, is: red}]}}", "where.0.field is 'colour'"),
        ("{template: init, target: {activity: a, where: [{field: note}]}}", "takes exactly one of is, is_not"),
        ("{template: init, target: {activity: a, where: [{field: note, in: []}]}}", "the list of values is empty"),
        ("{template: init, target: {activity: a, where: [{field: arrested, is: 'yes'}]}}", "true or false, not 'yes'"),
        ("{template: init, target: {activity: a, where: [{field: arrested, at_least: 1}]}}", "has no order"),
        ("{template: init, target: {activity: a, where: [{field: minutes, is: long}]}}", "is a number, not 'long'"),
        ("{template: dose, target: {activity: a}, dose: {of: events}}", "a dose needs at_least or at_most"),
        ("{template: dose, target: {activity: a}, dose: {at_least: 3, at_most: 2}}", "at_least 3 is above at_most 2"),
        ("{template: case_within, within: {n: 0, unit: days, inclusive: false}}", "leaves no time at all"),
        ("{template: case_within, within: {n: -1, unit: days}}", "greater than or equal to 0"),
    ],
)
def test_a_rule_outside_the_vocabulary_is_refused_in_words(tmp_path: Path, rule: str, told: str) -> None:
    problems = refusals(tmp_path, HEAD + COMPONENT.format(id="A1") + f"    rule: {rule}\n")

    assert len(problems) == 1
    assert problems[0].startswith("manual.yaml, line 13: ")
    assert told in problems[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[provider, interview]", "[interview]", "a rule needs observability events or provider"),
        ("[provider, interview]", "[provider, nowhere]", "nowhere and somewhere at once"),
        ("[provider, interview]", "[]", "observability of A1 is empty"),
        ("source: [S2]", "source: []", "A1 names no source"),
        (
            "source: [S2]",
            "source: [S2]\n    valid_from: 2022-01-01\n    valid_to: 2021-01-01",
            "lies before valid_from",
        ),
    ],
)
def test_a_component_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    problems = refusals(tmp_path, HEAD + COMPONENT.format(id="A1").replace(old, new) + RULE)

    assert len(problems) == 1
    assert told in problems[0]


def test_a_manual_without_components_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, HEAD + "  []\n") == [
        "manual.yaml, line 4: the manual has no components. Add at least one."
    ]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "components: {a: 1}\n"])
def test_what_is_no_manual_is_refused_without_a_traceback(tmp_path: Path, text: str) -> None:
    assert refusals(tmp_path, text)


SENTENCES = {
    "{template: init, target: {activity: encounter}}": "Each case begins with encounter.",
    "{template: existence, target: {activity: offer}, n: 2}": "In each case: at least 2 × offer.",
    "{template: absence, target: {activity: offer}}": "In each case: fewer than 1 × offer.",
    "{template: exactly, target: {activity: offer}, n: 1}": "In each case: exactly 1 × offer.",
    "{template: response, activation: {activity: a}, target: {activity: b}, within: {n: 0, unit: days}}":
        "Each a is followed by b on the same day.",
    "{template: precedence, activation: {activity: a}, target: {activity: b}, when: [{activity: c}]}":
        "Each a is preceded by b, in cases with c.",
    "{template: not_response, activation: {activity: a}, target: {activity: b}, "
    "within: {n: 1, unit: working_days, inclusive: false}}":
        "Each a is not followed by b within 1 working day (the last day does not count).",
    "{template: dose, activation: {activity: a}, target: {activity: b}, dose: {of: minutes, at_least: 120}}":
        "After each a: at least 120 minutes of b.",
    "{template: required_value, activation: {activity: a}, requires: [{field: arrested, is: false}]}":
        "For each a, arrested is false.",
    "{template: case_within, activation: {activity: a}, within: {n: 24, unit: hours}}":
        "From the first a to the last event it takes within 24 hours (the last hour counts).",
}  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence"), SENTENCES.items())
def test_a_rule_reads_as_a_sentence(rule: str, sentence: str) -> None:
    assert describe_rule(Rule.model_validate(yaml.safe_load(rule))) == sentence


def test_every_template_has_its_sentence() -> None:
    assert {rule.split(",")[0].removeprefix("{template: ") for rule in SENTENCES} == set(SHAPES)
