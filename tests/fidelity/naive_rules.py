"""The rules once more, in plain Python, event by event: written from their description, not from the engine."""

from datetime import date, datetime, time, timedelta
from typing import Any

from workbench.manual import Component, Condition, EventPattern, Rule, Within

RANK = ["not_applicable", "met", "not_observable", "not_due", "missed"]


def truth(event: dict[str, Any], condition: Condition) -> bool | None:
    value = event[condition.field]
    if condition.operator == "present":
        return (value is not None) == condition.present
    if value is None:
        return None
    if condition.operator == "at_least":
        return float(value) >= condition.values[0]
    if condition.operator == "at_most":
        return float(value) <= condition.values[0]
    return (value in condition.values) != (condition.operator == "is_not")


def fits(event: dict[str, Any], pattern: EventPattern) -> bool:
    return event["activity"] in pattern.activities and all(
        truth(event, condition) is True for condition in pattern.where
    )


def in_time(start: datetime, end: datetime, within: Within | None, holidays: tuple[date, ...]) -> bool:
    if within is None:
        return True
    if within.unit == "hours":
        passed: float = (end - start) / timedelta(hours=1)
    elif within.unit == "days":
        passed = (end.date() - start.date()).days
    else:
        days = [start.date() + timedelta(days=step + 1) for step in range((end.date() - start.date()).days)]
        passed = sum(day.weekday() < 5 and day not in holidays for day in days)
    return passed <= within.n if within.inclusive else passed < within.n


class Case:
    def __init__(self, events: list[dict[str, Any]], rule: Rule, as_of: date, holidays: tuple[date, ...]) -> None:
        self.events, self.rule, self.holidays = events, rule, holidays
        self.unseen = datetime.combine(as_of + timedelta(days=1), time())

    def is_target(self, index: int) -> bool:
        return self.rule.target is None or fits(self.events[index], self.rule.target)

    def comes_after(self, index: int, other: int) -> bool:
        first, second = self.events[index]["at"], self.events[other]["at"]
        if index == other:
            return False
        return {"recorded": other > index, "lenient": second >= first, "strict": second > first}[self.rule.ties]

    def timely(self, index: int, other: int) -> bool:
        return in_time(self.events[index]["at"], self.events[other]["at"], self.rule.within, self.holidays)

    def over(self, index: int) -> bool:
        start = self.events[index]["at"]
        return self.rule.within is None or not in_time(start, self.unseen, self.rule.within, self.holidays)

    @property
    def absent(self) -> str:
        return "not_observable" if self.rule.missing == "unknown" else "missed"

    def response(self, index: int) -> str:
        later = [other for other in range(len(self.events)) if self.is_target(other) and self.comes_after(index, other)]
        if any(self.timely(index, other) for other in later):
            return "met"
        if not self.over(index):
            return "not_due"
        return "missed" if later else self.absent

    def not_response(self, index: int) -> str:
        answer = self.response(index)
        return {"met": "missed", "not_due": "not_due"}.get(answer, "met")

    def precedence(self, index: int) -> str:
        others = [other for other in range(len(self.events)) if other != index and self.is_target(other)]
        at = self.events[index]["at"]
        earlier = {
            "recorded": lambda other: other < index,
            "lenient": lambda other: self.events[other]["at"] <= at,
            "strict": lambda other: self.events[other]["at"] < at,
        }[self.rule.ties]
        if any(earlier(other) and self.timely(other, index) for other in others):
            return "met"
        return "missed" if others else self.absent

    def init(self, index: int) -> str:
        together = [i for i in range(len(self.events)) if self.events[i]["at"] == self.events[index]["at"]]
        hits = [self.is_target(i) for i in together]
        if {"recorded": hits[0], "lenient": any(hits), "strict": all(hits)}[self.rule.ties]:
            return "met"
        return "missed" if any(self.is_target(i) for i in range(len(self.events))) else self.absent

    def required_value(self, index: int) -> str:
        held = [truth(self.events[index], condition) for condition in self.rule.requires]
        if False in held:
            return "missed"
        return self.absent if None in held else "met"

    def case_within(self, index: int) -> str:
        named = self.rule.target is not None
        later = [i for i in range(len(self.events)) if self.is_target(i) and (self.comes_after(index, i) or not named)]
        last = max(later, default=None)
        if last is not None and not self.timely(index, last):
            return "missed"
        if last is not None and (named or self.over(index)):
            return "met"
        return self.absent if self.over(index) else "not_due"

    def amount(self, index: int) -> str:
        rule = self.rule
        n = rule.n if rule.n is not None else 1
        low, high = {"existence": (n, None), "absence": (None, n - 1), "exactly": (n, n)}.get(
            rule.template, (rule.dose and rule.dose.at_least, rule.dose and rule.dose.at_most)
        )
        start = rule.activation is None
        later = [i for i in range(len(self.events)) if self.is_target(i) and (start or self.comes_after(index, i))]
        timely = [i for i in later if self.timely(index, i)]
        minutes = [self.events[i]["minutes"] for i in timely]
        by_minutes = rule.dose is not None and rule.dose.of == "minutes"
        amount = sum(part or 0 for part in minutes) if by_minutes else len(timely)
        untold = by_minutes and None in minutes and rule.missing == "unknown"
        if high is not None and amount > high:
            return "missed"
        if not self.over(index) and (high is not None or amount < low):
            return "not_due"
        if untold and (high is not None or amount < low):
            return "not_observable"
        if low is None or amount >= low:
            return "met"
        return "missed" if later or by_minutes else self.absent

    existence = absence = exactly = dose = amount


def naive_status(events: list[dict[str, Any]], component: Component, as_of: date, holidays: tuple[date, ...]) -> str:
    """Return the status of one case, given its events in the order of recording."""
    rule = component.rule
    seen = sorted((event for event in events if event["at"].date() <= as_of), key=lambda event: event["at"])
    if not all(any(fits(event, pattern) for event in seen) for pattern in rule.when):
        return "not_applicable"
    case = Case(seen, rule, as_of, holidays)
    active = [i for i in range(len(seen)) if (fits(seen[i], rule.activation) if rule.activation else i == 0)]
    if rule.template == "case_within":
        active = active[:1]
    dated = [
        i for i in active
        if (component.valid_from or date.min) <= seen[i]["at"].date() <= (component.valid_to or date.max)
    ]  # fmt: skip
    return max((getattr(case, rule.template)(i) for i in dated), key=RANK.index, default="not_applicable")
