"""Talk as a machine should read it: any person is somebody, whatever number stands for the name."""

from workbench.pseudonymisation.entry import PSEUDONYM

_SPOKEN = {"Person": "somebody", "Place": "somewhere", "Organisation": "an organisation"}


def without_pseudonyms(text: str) -> str:
    """Return a text in which pseudonyms are plain words, so that their random numbers mean nothing to a model.

    Examples
    --------
    >>> without_pseudonyms("I rang [Person 48] on [Phone 3].")
    'I rang somebody on a number.'
    """
    return PSEUDONYM.sub(lambda found: _SPOKEN.get(found[0][1:].rpartition(" ")[0], "a number"), text)
