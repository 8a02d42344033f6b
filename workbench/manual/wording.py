"""Rules in words, so that a person can check them against the manual."""

from workbench.manual.rule import Condition, Dose, EventPattern, Rule, Within

SPOKEN = {"is": "is", "is_not": "is not", "in": "is", "at_least": "is at least", "at_most": "is at most"}
UNITS = {"hours": "hour", "days": "day", "working_days": "working day"}


def describe_rule(rule: Rule) -> str:
    """Return a rule as one plain sentence.

    Examples
    --------
    >>> describe_rule(Rule(template="response", activation=EventPattern(activity="referral"),
    ...     target=EventPattern(activity="assessment"), within=Within(n=14, unit="days")))
    'Each referral is followed by assessment within 14 days (the last day counts).'
    """
    sentence = _body(rule) + (_time(rule.within) if rule.within else "")
    cases = " and ".join(_event(pattern) for pattern in rule.when)
    return f"{sentence}, in cases with {cases}." if cases else f"{sentence}."


def _body(rule: Rule) -> str:
    activation = _event(rule.activation) if rule.activation else ""
    target = _event(rule.target) if rule.target else "the last event"
    start = f"After each {activation}" if activation else "In each case"
    if rule.template in ("response", "not_response", "precedence"):
        link = {"response": "followed", "not_response": "not followed", "precedence": "preceded"}[rule.template]
        return f"Each {activation} is {link} by {target}"
    if rule.template == "required_value":
        return f"For each {activation}, {' and '.join(_condition(condition) for condition in rule.requires)}"
    if rule.template == "case_within":
        return f"From {'the first ' + activation if activation else 'the first event'} to {target} it takes"
    if rule.template == "init":
        return f"Each case begins with {target}"
    return f"{start}: {_amount(rule)} {target}"


def _amount(rule: Rule) -> str:
    if rule.dose:
        return _dose(rule.dose)
    n = rule.n if rule.n is not None else 1
    return {"existence": f"at least {n} ×", "absence": f"fewer than {n} ×"}.get(rule.template, f"exactly {n} ×")


def _dose(dose: Dose) -> str:
    unit = "minutes of" if dose.of == "minutes" else "×"
    low = f"at least {dose.at_least:g}" if dose.at_least is not None else ""
    high = f"at most {dose.at_most:g}" if dose.at_most is not None else ""
    return f"{' and '.join(part for part in (low, high) if part)} {unit}"


def _event(pattern: EventPattern) -> str:
    name = " or ".join(activity.replace("_", " ") for activity in pattern.activities)
    conditions = " and ".join(_condition(condition) for condition in pattern.where)
    return f"{name} (where {conditions})" if conditions else name


def _condition(condition: Condition) -> str:
    field = condition.field.replace("_", " ")
    if condition.operator == "present":
        return f"{field} is {'recorded' if condition.present else 'empty'}"
    values = " or ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in condition.values)
    return f"{field} {SPOKEN[condition.operator]} {values}"


def _time(within: Within) -> str:
    unit = UNITS[within.unit] + ("" if within.n == 1 else "s")
    if within.n == 0 and within.unit == "days":
        return " on the same day"
    edge = "counts" if within.inclusive else "does not count"
    return f" within {within.n} {unit} (the last {UNITS[within.unit].split()[-1]} {edge})"
