"""One thing that a manual prescribes."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from workbench.manual.rule import Part, Rule, fault

Dimension = Literal["content", "coverage", "frequency", "duration", "timeliness"]
Actor = Literal["officer", "provider", "navigator", "force", "person"]
Stream = Literal["events", "provider", "interview", "nowhere"]
DIMENSIONS: tuple[str, ...] = get_args(Dimension)
ACTORS: tuple[str, ...] = get_args(Actor)
STREAMS: Mapping[str, str] = {
    "events": "the police's record",
    "provider": "the provider's events",
    "interview": "what people say",
    "nowhere": "neither records nor talk",
}


class Component(Part):
    """One component of a scheme, with its dates, where it can be seen, and perhaps a rule.

    Attributes
    ----------
    id : str
        Also a code: what people say about delivery is coded with it.
    name, prescribed : str
        In own words.
    actor : str
        Who does it.
    dimension : str
        Of adherence.
    essential : bool
        Whether the scheme is still itself without it.
    observability : tuple of str
        Streams that can show it: `STREAMS`.
    valid_from, valid_to : date or None
        First and last day on which the manual says so.
    source, adaptations : tuple of str
        Where it is written; what may be changed without departing from it.
    note : str
        What must be known to read it.
    rule : Rule or None
        Only where police or provider events can show it.

    References
    ----------
    Carroll et al. (2007), Implementation Science 2:40, for the dimensions of
    adherence; timeliness is added, since manuals set deadlines.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    prescribed: str = Field(min_length=1)
    actor: Actor
    dimension: Dimension
    essential: bool
    observability: tuple[Stream, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    source: tuple[str, ...]
    adaptations: tuple[str, ...] = ()
    note: str = ""
    rule: Rule | None = None

    @property
    def seen_in_records(self) -> bool:
        """Say whether police or provider events can show it."""
        return bool({"events", "provider"} & set(self.observability))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.observability:
            raise fault(f"observability of {self.id} is empty: write nowhere if nothing shows it")
        if not self.source:
            raise fault(f"{self.id} names no source")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise fault(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        if "nowhere" in self.observability and len(self.observability) > 1:
            raise fault("observability is nowhere and somewhere at once")
        if self.rule is not None and not self.seen_in_records:
            raise fault("a rule needs observability events or provider: talk is not held against rules")
        return self
