"""One plain form of a text, for comparing: quotes, dashes, blanks and case no longer tell two texts apart.

The result has no offsets into the text as read: compare with it, never point with it.
"""

import re
from unicodedata import normalize

_PLAIN = str.maketrans({**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def normalise(text: str) -> str:
    """The text in NFKC, lower case, with straight quotes, plain hyphens and single blanks.

    Normalising twice changes nothing more.

    >>> normalise("The “White  House”—now")
    'the "white house"-now'
    """
    marked = _INVISIBLE.sub("", text).translate(_PLAIN)  # before NFKC, which takes "´" and "″" apart
    plain = _INVISIBLE.sub("", normalize("NFKC", marked)).translate(_PLAIN).casefold()
    return " ".join(normalize("NFKC", plain).translate(_PLAIN).split())
