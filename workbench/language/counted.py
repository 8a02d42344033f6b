"""Counts in words: one coder, two coders."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun in the right number.

    Parameters
    ----------
    number : int
        How many.
    one, many : str
        The noun for one, and for any other number; `one` with an s where `many` is left out.

    Examples
    --------
    >>> counted(1, "coder"), counted(2_000, "person", "people"), counted(0, "coding")
    ('1 coder', '2,000 people', '0 codings')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
