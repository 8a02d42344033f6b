"""One passage of talk, marked with one code by one coder."""

from dataclasses import dataclass
from typing import Literal

from workbench.corpus.span import Span

Stance = Literal["supports", "contradicts", "qualifies", "silent"]
Origin = Literal["human", "rule", "model"]

STANCES: tuple[Stance, ...] = ("supports", "contradicts", "qualifies", "silent")
"""What a passage says about its code: for it, against it, only under conditions, or nothing although it was asked."""

ORIGINS: tuple[Origin, ...] = ("human", "rule", "model")
"""Who proposed a coding. It is always a person who made it: `rule` and `model` mark accepted suggestions."""


@dataclass(frozen=True, kw_only=True)
class Coding:
    """A passage that a coder marked with a code.

    Parameters
    ----------
    id : str
        Id of the act that made it.
    coder : str
        Who made it.
    code : str
        A code of the codebook, a component of a manual, or a link of the theory (`A11→M09`).
    span : Span
        The passage.
    stance : {"supports", "contradicts", "qualifies", "silent"} or None
        What the passage says about the code; on a component: delivered as written, not delivered, adapted; `silent`:
        asked, and said nothing to it.
    origin : {"human", "rule", "model"}
        Who proposed it.
    memo : str
        The coder's note.
    at : str
        When, ISO 8601 in UTC.
    """

    id: str
    coder: str
    code: str
    span: Span
    stance: str | None
    origin: str
    memo: str
    at: str


def arrow(code: str) -> str:
    """Return the code with the arrow of links: `A11->M09` becomes `A11→M09`."""
    return code.replace("->", "→")
