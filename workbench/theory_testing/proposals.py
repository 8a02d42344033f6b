"""Passages that may be evidence on a link: its two ends coded close together, with a causal word between or around."""

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.coding import Coding
from workbench.coding.settle import CodedTalk, speakers
from workbench.corpus.span import Span
from workbench.errors import InputError, Problem, did_you_mean
from workbench.theory import Theory

if TYPE_CHECKING:
    from workbench.coding import Store

COLUMNS = ("proposal", "link", "document", "turn", "start", "end", "quote", "cue", "coder", "coded")
_PEOPLE = "(?:me|us|him|her|them|you)"
CUES = re.compile(
    r"(?<!\w)(?:because|[’']cause|cos|so that|that[’']?s why|the reason|led to|leads to|due to|thanks to|as a result"
    r"|which meant|meant that|otherwise|therefore|since then|so (?:I|we|he|she|they)"
    rf"|ma(?:de|kes) {_PEOPLE}|helped {_PEOPLE}|put {_PEOPLE} off)(?!\w)",
    re.IGNORECASE,
)
"""Words by which people say that one thing brought about another; a proposal needs one."""


def propose_links(theory: Theory, store: CodedTalk) -> pd.DataFrame:
    """Propose evidence on links: both ends coded within one turn of a person, or one turn and their next.

    A causal word (`CUES`) must stand in the words from the first passage to
    the end of the second. Nothing is proposed where a person has coded the
    link in that turn already. Proposals count for nothing until somebody
    confirms one.

    Parameters
    ----------
    theory : Theory
        Its links between nodes; those on which a moderator bears are left to people.
    store : Store
        Codings of nodes (a deductive code takes its node's id), and the texts.

    Returns
    -------
    pandas.DataFrame
        proposal (id: the same for the same place and link), link, document, turn, start, end, quote, cue (the word),
        coder (who coded the two ends), coded (ids of the codings of the two ends, joined by a blank).
    """
    codings = store.codings()
    known = codings[codings["person"].isin(set(speakers(store)["person"])) & codings["turn"].notna()]
    done = set(zip(known["code"], known["document"], known["turn"], strict=True))
    follows = _next_turns(store.turns())
    nodes = known[known["code"].isin(list(theory.nodes))]
    here: dict[tuple[str, int], list[dict[Any, Any]]] = {}
    for row in nodes.to_dict(orient="records"):
        here.setdefault((row["document"], int(row["turn"])), []).append(row)
    ends = {(link.from_, link.to): name for name, link in theory.links.items() if link.target is None}
    found: dict[str, tuple[Any, ...]] = {}
    texts: dict[str, str] = {}
    for (document, turn), rows in here.items():
        after = here.get((document, follows.get((document, turn), -1)), [])
        text = texts.setdefault(document, store.text(document))  # type: ignore[attr-defined]
        for one in rows:
            for other in [*rows, *after]:
                for pair in ((one, other), (other, one)):
                    link = ends.get((pair[0]["code"], pair[1]["code"]))
                    if link is None or (link, document, one["turn"]) in done:
                        continue
                    start, end = min(one["start"], other["start"]), max(one["end"], other["end"])
                    cue = CUES.search(text, start, end)
                    if cue is not None:
                        made = _proposal(link, document, turn, (start, end), text, cue.group(), pair)
                        found.setdefault(made[0], made)
    return pd.DataFrame(list(found.values()), columns=list(COLUMNS))


def confirm(store: "Store", proposals: pd.DataFrame, proposal: str, *, by: str, stance: str) -> Coding:
    """Make a proposal a person's coding of its link.

    Parameters
    ----------
    store : Store
        Gets the coding.
    proposals : pandas.DataFrame
        From `propose_links`.
    proposal : str
        Its id.
    by, stance : str
        Who confirms it, and what the passage says about the link.

    Raises
    ------
    InputError
        If there is no such proposal, or the stance is none.
    """
    rows = proposals[proposals["proposal"] == proposal]
    if rows.empty:
        remedy = did_you_mean(proposal, list(proposals["proposal"]))
        raise InputError(Problem(place=f"proposal {proposal}", what="there is no such proposal", remedy=remedy))
    row = rows.to_dict(orient="records")[0]
    span = Span(row["document"], int(row["start"]), int(row["end"]))
    return store.code(span, row["link"], coder=by, stance=stance, memo=f"proposed by “{row['cue']}”")


def _proposal(
    link: str, document: str, turn: int, span: tuple[int, int], text: str, cue: str, pair: tuple[dict[Any, Any], ...]
) -> tuple[Any, ...]:
    identity = hashlib.sha256(f"{link} {document} {span}".encode()).hexdigest()[:16]
    coders = "; ".join(sorted({str(row["coder"]) for row in pair}))
    coded = " ".join(str(row["id"]) for row in pair)
    return (identity, link, document, turn, *span, text[slice(*span)], cue, coders, coded)


def _next_turns(turns: pd.DataFrame) -> dict[tuple[str, int], int]:
    """Return each turn's next one of the same person, where only an interviewer speaks between the two."""
    found, last = {}, dict[str, tuple[str, int]]()
    for row in turns.sort_values(["document", "start"], kind="stable").to_dict(orient="records"):
        document, turn, person = str(row["document"]), int(row["turn"]), str(row["person"])
        if row["role"] == "interviewer":
            continue
        before = last.get(document)
        if before is not None and before[0] == person:
            found[document, before[1]] = turn
        last[document] = (person, turn)
    return found
