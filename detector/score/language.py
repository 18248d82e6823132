"""Is a text English: by its function words, and where these are few by how many pieces its words take.

Measured on the opening 1,500 characters of parliamentary speeches (ParlSpeech V2) and of genuine news: of English words .26 and
more are function words and a word takes 1.8 pieces at most, marks counted; of German, Spanish and Dutch at most .13 are words that
English has as function words, and a word takes 1.86 pieces or more.
"""

from collections.abc import Sequence

from detector.lm import load_pieces
from detector.text import FUNCTION_WORDS

_ENGLISH_SHARE = 0.2
_POOR_SHARE = 0.08
"""Lists and headlines in English have few function words; below this a text is no English prose of any kind."""
_PIECES_A_WORD = 1.75


def language_of(text: str, forms: Sequence[str], *, by_pieces: bool) -> str | None:
    """The code "en", or None for a text that is not English, and for one without words.

    Args:
        text: The text.
        forms: Its words, lower case.
        by_pieces: Whether the piece model may be asked; it is for texts with few function words only.
    """
    if not forms:
        return None
    share = sum(form in FUNCTION_WORDS for form in forms) / len(forms)
    if share >= _ENGLISH_SHARE:
        return "en"
    doubtful = by_pieces and share >= _POOR_SHARE
    return "en" if doubtful and len(load_pieces().encode(text).ids) < _PIECES_A_WORD * len(forms) else None
