"""Direct identifiers of people in a text: numbers, addresses and dates that point at one person."""

import re

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    "aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS}),?\s+\d{{4}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})"
)
_OUTWARD = r"(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
_NUMBERED = (
    r"(?:ref(?:erence)?|record|no\.?|number)(?:\s+(?:no\.?|number))?\s*(?:is|was|[:#])?\s*[A-Z0-9/-]*\d[A-Z0-9/-]*"
)
_PATTERNS = (
    ("e-mail", r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    ("phone", r"(?<![\w.+])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:\d[\s()-]{0,2}){8,9}\d(?!\w|\.\d)"),
    ("NHS number", r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
    ("NI number", r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:\s?\d\d){3}\s?[A-D]\b"),
    ("postcode", rf"\b(?:GIR ?0AA|{_OUTWARD} ?\d[ABD-HJLNP-UW-Z]{{2}})\b"),
    ("PNC id", r"(?<![\w/])(?:\d{4}|\d{2})/\d{1,7}[A-HJ-NP-RT-Z]\b"),
    ("date of birth", rf"(?:\bd\.?o\.?b\.?|\bdate of birth|\bborn(?: on)?(?: the)?)\s*(?:is|was|[:=-])?\s*{_DATE}"),
    # A whole date of a year in which adults were born stands for a date of birth.
    ("date of birth", r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200[0-9])(?![\d/.-]\d)"),
    ("custody reference", rf"\bcustody\s+{_NUMBERED}"),
    ("crime reference", rf"\b(?:crime|occurrence|incident)\s+{_NUMBERED}"),
    ("crime reference", r"(?<![\w/])\d{2}[A-Z]{1,2}/\d{3,6}[A-Z]?/\d{2}\b"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def _is_nhs_number(found: str) -> bool:
    """Return whether the check digit fits: most ten-digit numbers are no NHS number."""
    digits = [int(character) for character in found if character.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and check % 11 == digits[9] and check != 10


def identifiers(text: str) -> list[tuple[str, int, int]]:
    """Search a text for raw identifiers of people.

    Parameters
    ----------
    text : str
        A quote, or the content of a file that is to leave.

    Returns
    -------
    list of (str, int, int)
        Kind, start and end (half-open, code points), in the order of the text. Kinds: e-mail, phone, NHS number,
        NI number, postcode, PNC id, date of birth, custody reference, crime reference. Nothing found does not
        mean nothing there: names and stories are for a person to judge.

    Notes
    -----
    NHS numbers must pass their check digit (modulus 11). Where two patterns meet, the earlier and longer wins.

    Examples
    --------
    >>> identifiers("Ring me on 07700 900123.")
    [('phone', 11, 23)]
    """
    found = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if kind != "NHS number" or _is_nhs_number(match.group()):
                found.append((kind, match.start(), match.end()))
    found.sort(key=lambda each: (each[1], -each[2]))
    apart: list[tuple[str, int, int]] = []
    for kind, start, end in found:
        if not apart or start >= apart[-1][2]:
            apart.append((kind, start, end))
    return apart
