"""Fictional talk with names, and a search for names that knows a few of them."""

import re
from collections.abc import Callable, Collection, Sequence

from workbench.corpus import Corpus, Document, Turn
from workbench.language.identifiers import identifiers
from workbench.language.names import Mention

PLACES = {"durham", "kelverton"}
NAMES = [
    "David Miller", "Dave Miller", "Ann Miller", "Tom Miller", "David Shaw", "David", "Dave", "Miller", "Millers",
    "Shaw", "Will", "Durham", "Kelverton", "Zoë",
]  # fmt: skip


def document(name: str, *turns: tuple[str, str], **attributes: str) -> Document:
    """Make a transcript of (speaker, words)."""
    text, made = "", []
    for number, (speaker, words) in enumerate(turns, 1):
        text += ("\n" if text else "") + f"{speaker}: "
        made.append(Turn(number=number, speaker=speaker, start=len(text), end=len(text) + len(words), line=number))
        text += words
    roles = {speaker: "unknown" for speaker, _ in turns}
    return Document(
        id=name, text=text, turns=made, source=f"{name}.txt", sha256="0", roles=roles, attributes=attributes
    )


def corpus_of(*documents: Document) -> Corpus:
    return Corpus(documents)


def find_few(
    documents: Sequence[Sequence[str]],
    *,
    known: Collection[str] = (),
    model: str | None = "auto",
    progress: Callable[[int, int], None] | None = None,
) -> list[list[list[Mention]]]:
    """Stand for `find_names`: finds NAMES and what is known."""
    sought = sorted({*NAMES, *known}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sought))})\b", re.IGNORECASE)
    return [[_mentions(pattern, passage) for passage in passages] for passages in documents]


def _mentions(pattern: re.Pattern[str], passage: str) -> list[Mention]:
    names = [
        Mention(start=hit.start(), end=hit.end(), kind="place" if hit[0].casefold() in PLACES else "person", why="few")
        for hit in pattern.finditer(passage)
        if hit[0][0].isupper() or passage.islower()
    ]
    numbers = [Mention(start=start, end=end, kind=kind, why="pattern") for kind, start, end in identifiers(passage)]
    return sorted([*names, *numbers], key=lambda mention: mention.start)
