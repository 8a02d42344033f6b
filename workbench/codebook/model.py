"""What a codebook is made of, as the file writes it."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CodeKind = Literal["deductive", "fidelity", "inductive"]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
CodeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]


class Entry(BaseModel):
    """Base of what a codebook holds: unknown keys are refused, content does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Code(Entry):
    """One code: what a passage must be about to carry it.

    Attributes
    ----------
    id, name : str
        Stable id and a few words. A deductive code takes its node's id, a
        fidelity code its component's.
    kind : str
        deductive (from the theory), fidelity (from a manual) or inductive (from reading).
    node : str or None
        Node of the theory that it makes visible; deductive codes only.
    definition, include, exclude : str
        What it means, what belongs to it, what does not and where that goes.
    example, near_miss : str
        A sentence that carries it, and one that must not, with the reason.
    patterns : tuple
        Phrases, or spaCy token patterns (lists of dicts), that suggest it to a reader.
    retired : date or None
        Since when it is no longer given. Its id is never used again.
    parent : str or None
        Code that it lies under, where codes form a tree.
    colour : str or None
        `#RRGGBB` of its stripe; by default one is chosen by its place in the codebook.
    """

    id: CodeId
    name: Text
    kind: CodeKind
    node: str | None = None
    definition: Text
    include: str = ""
    exclude: str = ""
    example: str = ""
    near_miss: str = ""
    patterns: tuple[Any, ...] = ()
    retired: datetime.date | None = None
    parent: CodeId | None = None
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None


class CodebookFile(Entry):
    """A codebook.yaml as it is written."""

    title: Text
    version: Text
    date: datetime.date
    codes: tuple[Code, ...] = Field(min_length=1)
