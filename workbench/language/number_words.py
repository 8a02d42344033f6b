"""Numbers as people say them: digits, dates and postcodes in words, with the pauses that transcripts keep."""

import re

MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    "aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_VALUES = {word: str(value) for value, word in enumerate(_UNITS)} | {"oh": "0", "o": "0", "nought": "0", "naught": "0"}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNIT = "|".join(_UNITS[1:])
_SMALL = rf"(?:(?:{_TENS})(?:[\s-]+(?:{_UNIT}))?|{_TEENS}|{_UNIT})"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-]+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR = (
    rf"(?:(?:nineteen|twenty)[\s-]+(?:oh[\s-]+)?{_SMALL}|two\s+thousand(?:\s+and\s+{_SMALL})?"
    rf"|(?:19|20)\d\d|(?:{_TENS})(?:[\s-]+(?:{_UNIT}))?)"
)
SPOKEN_DATE = (
    rf"(?:(?:{_ORDINAL})\s+(?:of\s+)?(?:the\s+)?(?:{MONTHS}|{_ORDINAL})\b(?:,?\s+{_YEAR}\b)?"
    rf"|(?:{MONTHS})\s+(?:the\s+)?(?:{_ORDINAL})\b(?:,?\s+{_YEAR}\b)?)"
)
SAID_DATE = rf"(?:{_SMALL})[\s,]+(?:{_SMALL})[\s,]+{_YEAR}\b"
"""A date as numbers alone ("twelve six seventy-nine"): one only after words that call for it."""
DIGITS = (
    r"(?:[\s,.…–-]+(?:(?:er+m?|um+|uh+)[\s,.…–-]+)?"
    rf"(?:oh|o|nought|naught|double|triple|treble|{'|'.join(_UNITS)}|\d{{1,6}})\b)"
)
"""One more digit, said or written, after a pause; repeat it as often as the number has digits."""
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|"
    "HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|"
    "RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_SPACED_AREAS = "|".join(r"[\s.-]*".join(area) for area in _AREAS.split("|"))
POSTCODE_SAID = (
    rf"\b(?:{_SPACED_AREAS})[\s.-]*(?:\d{{1,2}}|{_SMALL})[\s,.-]+(?:\d|{_UNIT}|zero|oh)"
    r"[\s,.-]*[ABD-HJLNP-UW-Z][\s.-]+[ABD-HJLNP-UW-Z]\b"
)
_PART = re.compile(r"\d|[a-z]+", re.IGNORECASE)


def digits_of(said: str) -> str:
    """Return the digits of a number that is written or said.

    Examples
    --------
    >>> digits_of("oh seven seven double oh, 900 123")
    '07700900123'
    """
    digits, times = "", 1
    for part in _PART.findall(said.lower()):
        if part in _TIMES:
            times = _TIMES[part]
            continue
        value = part if part.isdigit() else _VALUES.get(part, "")
        digits, times = digits + value * times, 1
    return digits
