"""A code's definition and boundaries as one description, as other programs have it, and apart again."""

import re
from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "definition": "Definition", "include": "Include", "exclude": "Exclude", "example": "Example",
    "near_miss": "Near miss", "kind": "Kind", "node": "Node", "id": "Id", "patterns": "Patterns", "retired": "Retired",
}  # fmt: skip
"""What a codebook here says of a code, and the label of its line; the definition goes first, without one."""
_ALSO = {
    "inclusion": "include", "includes": "include", "inclusion criteria": "include", "when to use": "include",
    "exclusion": "exclude", "excludes": "exclude", "exclusion criteria": "exclude", "when not to use": "exclude",
    "examples": "example", "near misses": "near_miss",
}  # fmt: skip
_PARTS = {label.lower(): part for part, label in LABELS.items()} | _ALSO
_LABEL = "|".join(re.escape(label) for label in sorted(_PARTS, key=len, reverse=True))
_LINE = re.compile(rf"^(?:{_LABEL})[ \t]*:", re.I | re.M | re.A)
_PUSHED = re.compile(rf"^ (?= *(?:{_LABEL})[ \t]*:)", re.I | re.M | re.A)
_TO_PUSH = re.compile(rf"^(?= *(?:{_LABEL})[ \t]*:)", re.I | re.M | re.A)


def describe(parts: Mapping[str, str]) -> str:
    r"""Return definition and boundaries as one text, one label a part; empty parts are left out.

    Parameters
    ----------
    parts : Mapping of str to str
        By the names in `LABELS`.

    Examples
    --------
    >>> describe({"definition": "Trust in the police.", "exclude": "Trust in courts."})
    'Trust in the police.\n\nExclude: Trust in courts.'
    """
    said = {part: _TO_PUSH.sub(" ", "\n" + parts[part].strip())[1:] for part in LABELS if parts.get(part, "").strip()}
    labelled = [f"{LABELS[part]}: {text}" for part, text in said.items() if part != "definition"]
    return "\n\n".join([part for part in (said.get("definition", ""), "\n".join(labelled)) if part])


def parts_of(description: str) -> dict[str, str]:
    r"""Take a description apart again; one without labels is a definition.

    Labels that people use (`Inclusion criteria:`, `When not to use:`) are
    known too; the same label twice makes one part of two lines.

    Examples
    --------
    >>> parts_of("Trust in the police.\nExclusion criteria: Trust in courts.")
    {'definition': 'Trust in the police.', 'exclude': 'Trust in courts.'}
    """
    starts = [*_LINE.finditer(description)]
    said = {"definition": description[: starts[0].start() if starts else len(description)]}
    for found, following in zip(starts, [*starts[1:], None], strict=False):
        label = found[0].rstrip(": \t").lower()
        text = description[found.end() : following.start() if following else len(description)].strip()
        part = _PARTS[label]
        said[part] = f"{said[part].strip()}\n{text}".strip() if part in said else text
    return {part: plain for part, text in said.items() if (plain := _PUSHED.sub("", text).strip())}
