"""What a theory of change is made of: nodes, links, configurations, as the file writes them."""

import datetime
import re
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workbench.provenance import hash_text

ARROW = "→"
ID = r"[A-Z][A-Za-z0-9_]*"

NodeType = Literal["context", "activity", "mechanism", "moderator", "outcome", "assumption"]
LinkType = Literal["precedes", "triggers", "enables", "inhibits", "yields", "moderates"]
Pathway = Literal["N", "J", "H"]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
NodeId = Annotated[str, StringConstraints(pattern=f"^{ID}$")]

_LINK = re.compile(rf"\s*({ID})\s*{ARROW}\s*({ID})\s*")
_MODERATION = re.compile(rf"\s*({ID})\s*{ARROW}\s*\(?\s*({ID})\s*{ARROW}\s*({ID})\s*\)?\s*")


def arrow(text: str) -> str:
    """Return the one way in which a link is written; other text is returned as it is.

    Parameters
    ----------
    text : str
        A link by its ends, with `→` or `->`, spaces and brackets as people type them.

    Examples
    --------
    >>> arrow("A11 -> M09")
    'A11→M09'
    >>> arrow("X03->A11->M09")
    'X03→(A11→M09)'
    """
    shaped = text.replace("->", ARROW)
    if found := _LINK.fullmatch(shaped):
        return ARROW.join(found.groups())
    if found := _MODERATION.fullmatch(shaped):
        moderator, start, end = found.groups()
        return f"{moderator}{ARROW}({start}{ARROW}{end})"
    return text


class Entry(BaseModel):
    """Base of what a definition file holds: unknown keys are refused, content does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Node(Entry):
    """One element of a theory.

    Attributes
    ----------
    id : str
        Stable; never used again for something else.
    type : str
        context, activity, mechanism, moderator, outcome or assumption.
    name, definition : str
        A few words, and one sentence.
    source : tuple of str
        Tags that the head of the file explains.
    pathway : str or None
        Of a mechanism: N (normative), J (criminal justice) or H (health and social services).
    """

    id: NodeId
    type: NodeType
    name: Text
    definition: Text
    source: tuple[Text, ...] = ()
    pathway: Pathway | None = None


class Link(Entry):
    """One claim that something leads to something, or bears on a link.

    Attributes
    ----------
    from_ : str
        Node at which it starts (`from` in the file).
    to : str
        Node at which it ends or, for a moderator, the id of the link on which it bears.
    type : str
        precedes, triggers, enables, inhibits, yields or moderates.
    guards : tuple of str
        Assumptions without which the link need not hold.
    mechanism, context : str
        Why it should hold, and where or for whom, in a phrase.
    expects, breaks : str
        What talk or records would show if it held, and what would count against it.
    rivals : tuple of str
        Other explanations of the same observation.
    strength : {"weak", "moderate", "strong"} or None
        How strong the team holds it to be; a change of it says so in `compare_theories`.
    records : tuple of str
        Components of the manuals whose records bear on it.
    source : tuple of str
        Tags that the head of the file explains.
    """

    from_: NodeId = Field(alias="from")
    to: Text
    type: LinkType
    guards: tuple[str, ...] = ()
    mechanism: str = ""
    context: str = ""
    expects: str = ""
    breaks: str = ""
    rivals: tuple[Text, ...] = ()
    strength: Literal["weak", "moderate", "strong"] | None = None
    records: tuple[Text, ...] = ()
    source: tuple[Text, ...] = ()

    @property
    def sealed(self) -> str:
        """SHA-256 of what would be seen if it held, and what would count against it: what is sealed before coding."""
        said = "\0".join(" ".join(normalize("NFC", text).split()) for text in (self.expects, self.breaks))
        return hash_text(said)

    @property
    def id(self) -> str:
        """The link by its ends: `A11→M09`, or `X03→(A11→M09)`."""
        return arrow(f"{self.from_}{ARROW}{self.to}")

    @property
    def target(self) -> str | None:
        """Id of the link on which a moderator bears; None when the link ends at a node."""
        return arrow(self.to) if ARROW in arrow(self.to) else None


class Configuration(Entry):
    """Context, resource, reasoning and outcome that belong together (CMO).

    Attributes
    ----------
    id, name : str
        Stable id and a few words.
    context, resource, reasoning, outcome : tuple of str
        Node ids. A mechanism is a resource and somebody's reasoning about it.
    note : str
        What to look out for.
    source : tuple of str
        Tags that the head of the file explains.
    """

    id: NodeId
    name: Text
    context: tuple[str, ...]
    resource: tuple[str, ...]
    reasoning: tuple[str, ...]
    outcome: tuple[str, ...]
    note: str = ""
    source: tuple[Text, ...] = ()


class Change(Entry):
    """Why an element of the theory is not what it was.

    Attributes
    ----------
    date : date
        When the team decided it.
    about : str
        Id of the node, link or configuration; one that is gone may be named too.
    because : str
        The reason, in a sentence without a capital.
    by : str
        Who decided.
    """

    date: datetime.date
    about: Text
    because: Text
    by: str = ""

    @property
    def element(self) -> str:
        """The id as the theory writes it: `A11->M09` becomes `A11→M09`."""
        return arrow(self.about)


class TheoryFile(Entry):
    """A theory.yaml as it is written."""

    title: Text
    version: Text
    date: datetime.date
    status: Text
    nodes: tuple[Node, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    configurations: tuple[Configuration, ...] = ()
    changes: tuple[Change, ...] = ()
