"""A blank before a closing quotation mark, as some translators set it: ``the talks. "``.

Weak: genuine text has it by accident. So the mark must be one that closes: a straight mark of even count in its
paragraph, at the paragraph's end or before lower case, or a curly closing mark. A blank between two closing marks is
good typography.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.tokens import written
from detector.types import Flag, SegmentedDocument

_PARAGRAPH = re.compile(r"[^\n\r]+")
_CLOSE = re.compile(
    r'["”](?:(?<=[.,!?…] ")(?<! \. ")(?=[ \t]*$|\s[a-z])'  # after a mark that closes a sentence or a clause
    r'|(?<=\w ")(?=[ \t]*$|[,;.](?!\.))'  # after a word, before a mark that follows quotations
    r"|(?<=[\w.,!?…%] ”)(?<! \. ”)(?!\w))"
)
_SIGNS = (" ”", ' ",', ' ";', ' ".')
"""What a mark that is set off looks like, unless it stands alone."""
_WORD_BEFORE = re.compile(r"[\w’'-]{0,30}[.,!?…%]?$")


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of closing quotation marks set off by a blank; expected is the word before with the mark closed up."""
    text = segmented.document.text
    if '"' not in written(text) and not any(sign in text for sign in _SIGNS):
        return
    for paragraph in _PARAGRAPH.finditer(text):
        n_marks, counted_to = 0, paragraph.start()
        for m in _CLOSE.finditer(text, paragraph.start(), paragraph.end()):
            at = m.start()
            n_marks += text.count('"', counted_to, at)
            counted_to = at
            if text[at] == "”" or n_marks % 2:
                yield _flag(text, at - 1, at)


def _flag(text: str, blank: int, mark: int) -> Flag:
    word = _WORD_BEFORE.search(text[max(0, blank - 32) : blank])
    start = blank - len(word.group()) if word else blank
    because = "a blank stands between the last word of a quotation and its closing mark"
    expected = text[start:blank] + text[mark]
    code = "quote.spaced-close"
    return raised(text, code, start, mark + 1, because, probability=posterior(code), expected=expected)
