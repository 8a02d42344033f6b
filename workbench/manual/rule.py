"""The closed vocabulary of rules: nothing in a manual is ever run as code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Scalar = str | bool | int | float
Template = Literal[
    "init", "existence", "absence", "exactly", "response", "precedence", "not_response", "dose", "required_value",
    "case_within",
]  # fmt: skip
EventField = Literal["actor", "minutes", "result", "arrested", "outcome", "offence_group", "note"]
FIELDS: Mapping[str, type] = {
    "actor": str, "minutes": float, "result": str, "arrested": bool, "outcome": str, "offence_group": str, "note": str,
}  # fmt: skip
"""Event columns that a condition may speak of, and what they hold."""

PARTS = ("activation", "target", "requires", "n", "dose", "within", "ties", "missing")
"""Parts that some templates have and others have not."""

OPERATORS = ("is", "is_not", "in", "at_least", "at_most", "present")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which parts a template needs, and which it may have besides `template` and `when`."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "init": Shape(needs=("target",), may=("ties", "missing")),
    "existence": Shape(needs=("target",), may=("activation", "n", "within", "ties", "missing")),
    "absence": Shape(needs=("target",), may=("activation", "n", "within", "ties")),
    "exactly": Shape(needs=("target", "n"), may=("activation", "within", "ties", "missing")),
    "response": Shape(needs=("activation", "target"), may=("within", "ties", "missing")),
    "precedence": Shape(needs=("activation", "target"), may=("within", "ties", "missing")),
    "not_response": Shape(needs=("activation", "target"), may=("within", "ties")),
    "dose": Shape(needs=("target", "dose"), may=("activation", "within", "ties", "missing")),
    "required_value": Shape(needs=("activation", "requires"), may=("missing",)),
    "case_within": Shape(needs=("within",), may=("activation", "target", "ties", "missing")),
}


def fault(message: str) -> PydanticCustomError:
    """Return a fault to raise while a manual is checked; unlike a ValueError it is told without a prefix."""
    return PydanticCustomError("fault", "{message}", {"message": message})


class Part(BaseModel):
    """Base of all parts of a manual: frozen, and nothing unknown is let in."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(Part):
    """One test of one event column.

    An empty value fails every test but `present: false`: what is not recorded
    is neither equal nor unequal to anything.
    """

    field: EventField
    is_: Scalar | tuple[Scalar, ...] | None = Field(default=None, alias="is")
    is_not: Scalar | tuple[Scalar, ...] | None = None
    in_: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    at_least: int | float | None = None
    at_most: int | float | None = None
    present: bool | None = None

    @property
    def operator(self) -> str:
        """Return the one operator that is given."""
        return self.given()[0]

    @property
    def values(self) -> tuple[Scalar, ...]:
        """Return what the column is compared with."""
        value = getattr(self, {"is": "is_", "in": "in_"}.get(self.operator, self.operator))
        return value if isinstance(value, tuple) else (value,)

    def given(self) -> list[str]:
        """Return the operators that are given."""
        held = {"is": self.is_, "in": self.in_}
        return [name for name in OPERATORS if held.get(name, getattr(self, name, None)) is not None]

    @model_validator(mode="after")
    def _fits_its_column(self) -> Self:
        given = self.given()
        if len(given) != 1:
            raise fault(f"a condition takes exactly one of {', '.join(OPERATORS)}")
        kind = FIELDS[self.field]
        if given[0] in ("at_least", "at_most") and kind is bool:
            raise fault(f"{self.field} is true or false and has no order")
        if given[0] in ("is", "is_not", "in"):
            if not self.values:
                raise fault("the list of values is empty")
            self._refuse_other_types(kind)
        return self

    def _refuse_other_types(self, kind: type) -> None:
        for value in self.values:
            if kind is str and not isinstance(value, str):
                raise fault(f"{self.field} holds text: put {value!r} in quotes")
            if kind is bool and not isinstance(value, bool):
                raise fault(f"{self.field} is true or false, not {value!r}")
            if kind is float and (isinstance(value, bool) or not isinstance(value, int | float)):
                raise fault(f"{self.field} is a number, not {value!r}")


class EventPattern(Part):
    """Events of one or several activities, narrowed by conditions that must all hold."""

    activity: str | tuple[str, ...]
    where: tuple[Condition, ...] = ()

    @property
    def activities(self) -> tuple[str, ...]:
        """Return the activities by name."""
        return (self.activity,) if isinstance(self.activity, str) else self.activity

    @field_validator("activity")
    @classmethod
    def _some_activity(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not value or (isinstance(value, tuple) and not all(value)):
            raise fault("name at least one activity")
        return value


class Within(Part):
    """A length of time, counted from the activation.

    Days and working days are days of the calendar: the day after the
    activation is day one, whatever the hour. Hours run by the clock.
    Working days are Monday to Friday without the manual's `holidays`.
    """

    n: int = Field(ge=0)
    unit: Literal["hours", "days", "working_days"]
    inclusive: bool = True

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.n == 0 and not self.inclusive:
            raise fault("0 with inclusive: false leaves no time at all")
        return self


class Dose(Part):
    """How much: events, or their minutes added up."""

    of: Literal["events", "minutes"] = "events"
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise fault("a dose needs at_least or at_most")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise fault(f"at_least {self.at_least:g} is above at_most {self.at_most:g}")
        return self


class Rule(Part):
    """One constraint on the events of a case.

    Attributes
    ----------
    template : str
        One of `SHAPES`.
    when : tuple of EventPattern
        The rule applies to cases that hold an event of each.
    activation : EventPattern or None
        What sets the rule going; for `precedence` the later event. Where it is
        left out, the case's first event stands for it.
    target : EventPattern or None
        What must (or must not) be there; for `precedence` the earlier event.
    requires : tuple of Condition
        What each activation must fulfil (`required_value`).
    n : int or None
        How many: at least (`existence`, 1 if not given), fewer than (`absence`, 1 if not given), just (`exactly`).
    dose : Dose or None
        How much (`dose`).
    within : Within or None
        The time allowed. Without it the log is read as complete at the cut-off.
    ties : str
        Events at one and the same time: in the order `recorded`, fulfilling an order (`lenient`), or not (`strict`).
    missing : str
        What an absent record means: a `violation`, or `unknown`. It speaks of the absent target; for `required_value`
        of the empty field; for a dose in minutes of a session whose minutes are empty.
    """

    template: Template
    when: tuple[EventPattern, ...] = ()
    activation: EventPattern | None = None
    target: EventPattern | None = None
    requires: tuple[Condition, ...] = ()
    n: int | None = Field(default=None, ge=0)
    dose: Dose | None = None
    within: Within | None = None
    ties: Literal["recorded", "lenient", "strict"] = "recorded"
    missing: Literal["violation", "unknown"] = "violation"

    @model_validator(mode="wrap")
    @classmethod
    def _keeps_to_its_shape(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        """Tell what does not fit the template beside all other faults, not after them."""
        faults = [
            InitErrorDetails(type=fault(message), loc=(part,), input=value) for part, message, value in _misfits(given)
        ]
        try:
            rule = read(given)
        except ValidationError as error:
            faults += [_again(found) for found in error.errors()]
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return rule

    @model_validator(mode="after")
    def _can_be_broken(self) -> Self:
        if self.n == 0 and self.template in ("existence", "absence"):
            raise fault(f"n is 0: {self.template} needs at least 1")
        return self

    def patterns(self) -> list[EventPattern]:
        """Return every pattern of events that the rule speaks of."""
        return [*self.when, *(part for part in (self.activation, self.target) if part is not None)]

    def fields(self) -> set[str]:
        """Return the event columns that the rule needs besides case, activity and time."""
        named = {condition.field for pattern in self.patterns() for condition in pattern.where}
        minutes = {"minutes"} if self.dose and self.dose.of == "minutes" else set()
        return named | {condition.field for condition in self.requires} | minutes


def _misfits(given: Any) -> list[tuple[str, str, Any]]:
    """Return part, fault and value for what a rule lacks or has too much of."""
    template = given.get("template") if isinstance(given, dict) else None
    if not isinstance(template, str) or template not in SHAPES:
        return []  # the fields' own checks say what is wrong
    shape = SHAPES[template]
    lacking = [part for part in shape.needs if given.get(part) in (None, [], ())]
    surplus = [part for part in given if part in PARTS and part not in shape.needs + shape.may]
    return [("template", f"{template} needs {part}", template) for part in lacking] + [
        (part, f"{template} has no use for {part}", given[part]) for part in surplus
    ]


def _again(found: Any) -> InitErrorDetails:
    """Return a found fault in the form in which faults are raised."""
    if found["type"] == "fault":
        return InitErrorDetails(type=fault(found["msg"]), loc=found["loc"], input=found["input"])
    return InitErrorDetails(type=found["type"], loc=found["loc"], input=found["input"], ctx=found.get("ctx", {}))
