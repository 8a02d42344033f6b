"""Direct identifiers of people in a text: numbers, addresses and dates that point at one person, written or said."""

import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.language.number_words import DIGITS, POSTCODE_SAID, SAID_DATE, SPOKEN_DATE, digits_of
from workbench.language.number_words import MONTHS as _MONTHS

_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b\.?,?(?:\s+(?:\d{{4}}|'?\d{{2}})\b)?"
    rf"|(?:{_MONTHS})\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b,?(?:\s+\d{{4}})?"
    rf"|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}|{SPOKEN_DATE})"
)
_IS = r"(?:\s*(?:is|was|'s|’s|[:=#-]))?\s*(?:(?:er+m?|um|uh)[,\s]+)?"
_BIRTH = (
    rf"(?:\bd\.?o\.?b\b\.?|\bdate of birth|\bbirthday|\bborn){_IS}"
    rf"(?:(?:on|of|like)\s+)?(?:(?:\w+day)[,\s]+)?(?:the\s+)?(?:{_DATE}|{SAID_DATE})"
)
_OUTWARD = r"(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
_CODE = r"[A-Z0-9/-]*\d[A-Z0-9/-]*"
_NUMBERED = rf"(?:ref(?:erence)?|record|log|no\.?|number|id)(?:\s+(?:no\.?|number|id))?{_IS}(?:{_CODE}|(?:[A-Z][\s,]*)?{DIGITS}{{3,}})"  # noqa: E501
_RANK = r"(?:W?PC|DC|PS|DS|DI|PCSO|Sgt|Sergeant|(?:police |detective )?constable|Insp(?:ector)?)"
_SITES = r"(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|facebook|twitter|telegram|whatsapp|discord|onlyfans)"
_CSS = r"(?:media|import|page|font-|keyframes|supports|charset|layer|container|property|namespace|scope|context|type|id|graph)"  # noqa: E501
_MAIL_END = r"(?:com|co|org|net|uk|ac|gov|police|nhs|edu|me|io|info|eu|ie)"
_CARS = r"(?:reg(?:istration)?|plate|index|car|van|vehicle|motor|bike|vrm)s?\b[^.?!\n]{0,40}?"
_THREE = r"(?!the|and|for|are|was|not|you|but|all|she|her|his|who|one|two|yes|any|can|had|has|now|out|our|see|new|yet)[A-Z]{3}"  # noqa: E501
_PLATES = (
    rf"[A-HJ-PR-Y][A-HJ-PR-Z](?:0[2-9]|[1-7]\d)\s?{_THREE}"  # since 2001
    rf"|[A-HJ-NPR-TV-Y]\d{{1,3}}\s?{_THREE}"  # 1983 to 2001
    rf"|{_THREE}\s?\d{{1,3}}[A-HJ-NPR-TV-Y]"  # 1963 to 1983
)
_REFERENCE = (
    r"\b(?:ref(?:erence)?s?|case|file|application|claim|policy|account|passport|licence|badge|prison|hospital|unit|docket)?"
    r"[ .]*\b(?:nos?\.|(?<=[a-z] )nos?\b|number|ref(?:erence)?|reference number|id|urn)"
)
_PATTERNS = (
    ("e-mail", r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    (
        "e-mail",
        rf"\b(?!look|looking|looked|is|it|was|go|find|us|me|you|them|him|her|this|that|here|there\b)"
        rf"\w[\w.+-]*(?:\s+(?:dot|underscore|hyphen|dash)\s+\w+)*\s+at\s+\w[\w-]*(?:\s+(?:dot|hyphen)\s+\w+)*?"
        rf"\s+dot\s+{_MAIL_END}\b(?:\s+dot\s+{_MAIL_END}\b)*",
    ),
    ("phone", r"(?<![\w.+])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:\d[\s()-]{0,2}){8,9}\d(?!\w|\.\d)"),
    ("phone", r"(?<![\w.+,])0[1-9]\d{2,4}(?:[\s,.…–-]{1,4}\d{2,6}){1,4}(?![\w/]|[.,]\d)"),
    ("phone", r"(?<![\w.+,])0(?:[\s,.…–-]{1,4}\d){9,10}(?![\w/]|[.,]\d)"),
    ("phone", r"(?<![\w.+])\+[1-9](?:[\s()-]{0,2}\d){8,13}(?!\w)"),
    ("phone", r"\b(?:phone|mobile|telephone|landline|tel|fax)(?:\s+(?:number|no\.?))?" + _IS + r"\d{3}[\s-]?\d{3,5}\b"),
    ("phone", rf"\b(?:oh|o|zero|nought|plus){DIGITS}{{5,}}"),
    ("NHS number", r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
    ("NHS number", rf"\bNHS\s+(?:number|no\.?){_IS}(?:\d(?:[\s,-]{{0,2}}\d){{9}}\b|{DIGITS}{{4,}})"),
    ("NHS number", rf"\b(?:one|two|three|four|five|six|seven|eight|nine|double|triple){DIGITS}{{5,}}"),
    ("NI number", r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[\s.-]?\d\d){3}[\s.-]?[A-D]\b"),
    ("NI number", rf"\b(?:national insurance|NI)(?:\s+(?:number|no\.?))?{_IS}[A-Z][\s,]*[A-Z](?:{DIGITS}{{3,}}|(?:[\s,]*\d){{6}})[\s,]*[A-D]\b"),  # noqa: E501
    ("postcode", rf"\b(?:GIR ?0AA|{_OUTWARD} ?\d[ABD-HJLNP-UW-Z]{{2}})\b"),
    ("postcode", POSTCODE_SAID),
    ("PNC id", r"(?<![\w/])(?:\d{4}|\d{2})/\d{1,7}[A-HJ-NP-RT-Z]\b"),
    ("date of birth", _BIRTH),
    # A whole date of a year in which adults were born stands for a date of birth.
    ("date of birth", r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200[0-9])(?![\d/.-]\d)"),
    ("custody reference", rf"\bcustody\s+{_NUMBERED}"),
    ("custody reference", rf"\bcustody{_IS}[A-Z0-9]*/[A-Z0-9/-]*\d[A-Z0-9/-]*"),
    ("crime reference", rf"\b(?:crime|occurrence|incident|niche|cris|storm|log|cad)\s+{_NUMBERED}"),
    ("crime reference", r"(?<![\w/])\d{2}[A-Z]{1,2}/\d{3,6}[A-Z]?/\d{2}\b"),
    ("crime reference", r"(?<![\w/])\d{2}\s?[A-Z]{2}\s?\d{5,7}\s?\d{2}\b"),
    ("crime reference", rf"\b(?:CAD|CRIS|STORM|log|incident)\s+\d{{1,7}}(?:/\w+|\s+of\s+(?:the\s+)?{_DATE})"),
    ("crime reference", r"\b(?:CAD|CRIS|NICHE)\s+\d{3,11}\b"),
    ("collar number", rf"\b{_RANK}\s?(?:\d{{2,5}}\b(?!\s?(?:%|per\b|years?|pounds|people))|{DIGITS}{{2,4}})"),
    ("collar number", rf"\b(?:collar|shoulder|warrant|epaulette)\s+{_NUMBERED}"),
    ("vehicle plate", rf"\b(?:{_PLATES})\b"),
    ("vehicle plate", rf"\b{_CARS}(?P<plate>\b(?:{_PLATES}|[A-Z]{{2,3}}\s?\d{{1,4}})\b)"),
    ("social handle", rf"(?<![\w.@/])@(?!{_CSS})[A-Z_][\w.]{{1,28}}\w\b(?![/(@])"),
    ("social handle", rf"\b{_SITES}(?:\s+(?:name|handle|user\s?name|account|tag))?\s*:\s*@?(?P<handle>[\w][\w.-]+\w)"),
    ("social handle", rf"\b{_SITES}(?:\s+(?:name|handle|user\s?name|account|tag))?(?:\s+(?:is|was)|['’]s)\s+@?(?P<handle2>\w+[\d_.]\w*)\b"),  # noqa: E501
    ("social handle", rf"\b(?:my|his|her|their|your)\s+{_SITES}(?:\s+(?:name|handle|user\s?name|tag))?(?:\s+is|['’]s)\s+(?P<handle3>[a-z]\w{{4,}})\b"),  # noqa: E501
    ("social handle", r"\b(?:(?:facebook|instagram|twitter|tiktok|snapchat|linkedin|x)\.com|t\.me)/(?:in/|add/|@)?[\w.-]*\w"),  # noqa: E501
    ("reference number", r"\b[A-Z][A-Z9]{4}\d{6}[A-Z9]{2}\d[A-Z]{2}\b"),
    ("reference number", rf"{_REFERENCE}{_IS}(?P<code>[A-Z]{{0,4}}\d*(?:[/-]?[A-Z0-9]+)*[/-]?\d+(?:[/-][A-Z0-9]+)*)"),
    ("reference number", r"(?<![\w/.,-])(?!(?:19|20)\d\d/)\d{4,6}/\d{2}(?![\w/]|[.,]\d)"),
    ("reference number", r"(?<![\w/.,:=+-])(?!\d{1,6}0{6})\d{9,12}(?![\w/%=+-]|[.,]\d)"),
)  # fmt: skip
_CASED = {rf"\b(?:{_PLATES})\b"}
_COMPILED = tuple((kind, re.compile(pattern, 0 if pattern in _CASED else re.IGNORECASE)) for kind, pattern in _PATTERNS)
_ANY_CUE = re.compile(
    r"\d|@|\.com/|(?:\b(?:oh|zero|dot|born|birth|double|three|four|five|six|seven|eight|nine)|d\.?o\.?b|insta|snap|tik|face|twit|tele|what|disc)",
    re.I,
)
_NOT_A_HANDLE = frozenset(
    ["about", "account", "always", "another", "awful", "banned", "blocked", "brilliant", "broken", "called", "closed", "deleted", "different", "down", "everything", "full", "gone", "great", "hacked", "just", "kind", "like", "mainly", "mostly", "never", "nothing", "open", "private", "public", "really", "rubbish", "something", "still", "terrible", "their", "there", "where", "which"]  # noqa: E501
)  # fmt: skip


def _is_nhs_number(digits: str) -> bool:
    """Return whether the check digit fits: most ten-digit numbers are no NHS number."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and check % 11 == int(digits[9]) and check != 10


def _is_counting(digits: str) -> bool:
    """Return whether each digit is one more than the last: somebody counts."""
    return all(int(second) - int(first) in (1, -9) for first, second in pairwise(digits))


def _is_kept(kind: str, match: re.Match[str]) -> bool:
    found = match.group()
    if kind == "NHS number":
        named = found[:3].upper() == "NHS"
        digits = digits_of(found)
        return len(digits) == 10 if named else _is_nhs_number(digits)
    if (kind == "phone" and not found[0].isalpha()) or found[:2].lower() in ("o ", "oh", "ze", "no", "pl"):
        digits = digits_of(found)
        return 10 <= len(digits) <= 15 and not _is_counting(digits)
    if kind == "reference number" and match.re.groups:
        code = match.group("code")
        return (
            sum(map(str.isdigit, code)) >= 3
            and (len(code) >= 5 or "/" in code)
            and not re.fullmatch(r"\d{4}-\d\d?", code)
        )
    if kind == "social handle" and "handle3" in match.re.groupindex:
        return match.group("handle3").lower() not in _NOT_A_HANDLE
    return True


def _all(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if _is_kept(kind, match):
                yield kind, *match.span(match.lastgroup or 0)


def identifiers(text: str) -> list[tuple[str, int, int]]:
    """Search a text for raw identifiers of people.

    Parameters
    ----------
    text : str
        A quote, a turn of talk, or the content of a file that is to leave.

    Returns
    -------
    list of (str, int, int)
        Kind, start and end (half-open, code points), in the order of the text. Kinds: e-mail, phone, NHS number,
        NI number, postcode, PNC id, date of birth, custody reference, crime reference, collar number, vehicle
        plate, social handle, reference number (of a case, a file, a document). Nothing found does not mean
        nothing there: names and stories are for a person to judge.

    Notes
    -----
    NHS numbers must pass their check digit (modulus 11), unless they are called so. Where two patterns meet, the
    earlier and longer wins. Numbers may be said ("oh seven seven double oh"); bare words that count are left.

    Examples
    --------
    >>> identifiers("Ring me on 07700 900123.")
    [('phone', 11, 23)]
    >>> identifiers("It's jo at example dot org.")
    [('e-mail', 5, 26)]
    """
    if not _ANY_CUE.search(text):
        return []
    apart: list[tuple[str, int, int]] = []
    for kind, start, end in sorted(_all(text), key=lambda each: (each[1], -each[2])):
        if not apart or start >= apart[-1][2]:
            apart.append((kind, start, end))
    return apart
