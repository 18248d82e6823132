"""Is a text English: by its function words, and where these are few by how many pieces its words take.

``benchmarks/quality/language.py`` prints how both lie for genuine English news and for speeches in German, Spanish and Dutch.
"""

from collections.abc import Sequence

from detector.lm import load_pieces
from detector.text import FUNCTION_WORDS

_ENGLISH_SHARE = 0.35
"""From here on no more is asked; without pieces to ask, ``_ENGLISH_ALONE`` decides, in the middle of what was measured."""
_ENGLISH_ALONE = 0.25
_POOR_SHARE = 0.08
"""Lists and headlines in English have few function words; below this a text is no English prose of any kind."""
_PIECES_A_WORD, _MORE = 1.5, 1.5
"""An English word takes fewer pieces, marks counted, than the first and this much for each unit of the share."""
OPENING = 1500
"""Characters of a text that are asked, as many as were measured on."""


def language_of(opening: str, forms: Sequence[str], *, by_pieces: bool) -> str | None:
    """The code "en", or None for a text that is not English, and for one without words.

    Args:
        opening: The first ``OPENING`` characters of the text.
        forms: The words in them, lower case.
        by_pieces: Whether the piece model may be asked; it is for texts with few function words only.
    """
    if not forms:
        return None
    share = sum(form in FUNCTION_WORDS for form in forms) / len(forms)
    if share >= (_ENGLISH_SHARE if by_pieces else _ENGLISH_ALONE):
        return "en"
    if not by_pieces or share < _POOR_SHARE:
        return None
    return "en" if len(load_pieces().encode(opening).ids) < (_PIECES_A_WORD + _MORE * share) * len(forms) else None
