"""Can a pattern be matched? Checked without spaCy, so that a codebook is checked where spaCy is not installed."""

import re
from typing import Any

TEXTS = ("ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "PREFIX", "SUFFIX")
FLAGS = (
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP",
    "IS_SENT_START", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL",
)  # fmt: skip
KEYS = (*TEXTS, *FLAGS, "LENGTH", "OP")
"""Token attributes that a pipeline without a trained model knows."""

TRAINED = ("LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_TYPE")
LISTS = ("IN", "NOT_IN")
COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
REPEATS = re.compile(r"[!?+*]|\{\d+\}|\{\d+,\d*\}|\{,\d+\}")


def pattern_fault(pattern: Any) -> str | None:
    """Return what is wrong with a pattern of a codebook, or None.

    Parameters
    ----------
    pattern : Any
        A phrase, or a list of token descriptions as spaCy's Matcher takes them.

    Examples
    --------
    >>> pattern_fault([{"LOWER": "wake"}, {"LOWER": "up"}])
    >>> pattern_fault([{"LEMMA": "wake"}])
    'token 1: LEMMA needs a trained language model; use LOWER'
    """
    if isinstance(pattern, str):
        return None if pattern.strip() else "the phrase is empty"
    if not isinstance(pattern, list):
        return f"{pattern!r} is neither a phrase nor a list of tokens; put phrases in quotes"
    if not pattern:
        return "the list of tokens is empty"
    for number, token in enumerate(pattern, start=1):
        if fault := _token_fault(token):
            return f"token {number}: {fault}"
    return None


def _token_fault(token: Any) -> str | None:
    if not isinstance(token, dict):
        return f"{token!r} is no token description such as {{LOWER: word}}"
    for key, value in token.items():
        if key in TRAINED:
            return f"{key} needs a trained language model; use LOWER"
        if key not in KEYS:
            return f"{key!r} is no token attribute ({', '.join(KEYS)})"
        if fault := _value_fault(key, value):
            return fault
    return None


def _value_fault(key: str, value: Any) -> str | None:
    if key == "OP":
        known = isinstance(value, str) and REPEATS.fullmatch(value)
        return None if known else f"OP is {value!r}; known are ! ? + * {{n}} {{n,m}}"
    if key in FLAGS:
        return None if isinstance(value, bool) else f"{key} is {value!r}; it takes true or false"
    if key == "LENGTH":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return None if whole or _is_comparison(value) else f'LENGTH is {value!r}; it takes a number or {{">=": number}}'
    return _dict_fault(key, value) if isinstance(value, dict) else _word_fault(key, value)


def _dict_fault(key: str, value: dict[str, Any]) -> str | None:
    if not value:
        return f"{key} says nothing"
    for condition, told in value.items():
        if condition == "REGEX":
            if fault := _regex_fault(told):
                return f"{key}: {fault}"
        elif condition in LISTS:
            if not isinstance(told, list) or not told:
                return f"{key}: {condition} takes a list of words"
            for word in told:
                if fault := _word_fault(key, word):
                    return fault
        else:
            return f"{key}: {condition!r} is no condition (REGEX, {', '.join(LISTS)})"
    return None


def _word_fault(key: str, value: Any) -> str | None:
    if isinstance(value, bool):
        return f"{key} holds {str(value).lower()}: YAML reads bare yes, no, on and off so; put the word in quotes"
    if not isinstance(value, str) or not value:
        return f"{key} holds {value!r}; it takes a word in quotes"
    if key == "LOWER" and value != value.lower():
        return f"LOWER holds {value!r}, which never matches; write it in lower case"
    return f"{key} holds {value!r}; one token holds no blank" if re.search(r"\s", value) else None


def _regex_fault(expression: Any) -> str | None:
    try:
        re.compile(expression)
    except (re.error, TypeError) as error:
        return f"{expression!r} is no regular expression ({error})"
    return None


def _is_comparison(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(sign in COMPARISONS and isinstance(number, int) for sign, number in value.items())
    )
