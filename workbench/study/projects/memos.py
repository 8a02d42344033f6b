"""Stance and origin of a coding in the note that carries its memo: REFI-QDA has no other place for them."""

import re

from workbench.coding.coding import ORIGINS, STANCES

_HEAD = re.compile(r"(?:stance: (?P<stance>[a-z ]+)\n?)?(?:origin: (?P<origin>[a-z]+)\n?)?(?:\n|\Z)")
_LOOKS_SO = re.compile(r"(?:stance|origin): ")
UNSAID = "not said"


def note_of(stance: str | None, origin: str, memo: str) -> str:
    r"""Return the text of the note on a coding; nothing where there is nothing to note.

    Examples
    --------
    >>> note_of("supports", "human", "Clear.")
    'stance: supports\n\nClear.'
    """
    head = [f"stance: {stance}"] if stance else []
    head += [f"origin: {origin}"] if origin != "human" else []
    if not head and _LOOKS_SO.match(memo):
        head = [f"stance: {UNSAID}"]  # so that the memo's own first line is not taken for ours
    return "\n".join([*head, *(["", memo] if memo else [])]) if head else memo


def parts_of_note(text: str) -> tuple[str | None, str, str]:
    """Return stance, origin and memo of a note that `note_of` made; of any other, its text as memo.

    Examples
    --------
    >>> parts_of_note("origin: rule")
    (None, 'rule', '')
    """
    found = _HEAD.match(text) if _LOOKS_SO.match(text) else None
    if found is None:
        return None, "human", text
    stance, origin = found["stance"], found["origin"]
    if stance not in (None, UNSAID, *STANCES) or origin not in (None, *ORIGINS):
        return None, "human", text
    return (stance if stance in STANCES else None), origin or "human", text[found.end() :]
