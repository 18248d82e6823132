"""Scraped text made harmless to look at: nothing is hidden, moves the cursor or turns the order of reading.

After Unicode Technical Standard 39 and "Trojan Source" (Boucher & Anderson 2021): what cannot be seen is shown as its
code point.
"""

import re

_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls, ESC and CSI among them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # soft hyphen, fillers of no width, Arabic letter mark
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"  # zero width, bidi controls, U+FEFF
    "\ud800-\udfff"  # lone surrogates: no encoding can write them
    "\U000e0000-\U000e01ef"  # tags and variation selectors, which can smuggle a whole text
)
_BREAK = re.compile(f"[{_BREAKS}][{_BREAKS} ]*")
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_HIDDEN_IN_JSON = re.compile(f"[{_UNSEEN}\x85\u2028\u2029]")


def safe(text: str) -> str:
    r"""The text on one line: what is invisible or a control shown as its code point, a line break or tab as one blank.

    Text without such characters is unchanged. The result is for eyes: offsets into the text as read do not hold in it.

    >>> safe("pay\u202etxt.exe\x1b[2J")
    'pay<U+202E>txt.exe<U+001B>[2J'
    >>> safe("a line\r\n  and the next")
    'a line and the next'
    """
    return _HIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", _BREAK.sub(" ", text))


def safe_json(written: str) -> str:
    r"""The same JSON value, each invisible or control character inside its strings written as a ``\u`` escape.

    >>> safe_json('["a\u202eb"]')
    '["a\\u202eb"]'
    """
    return _HIDDEN_IN_JSON.sub(lambda m: _escaped(m[0]), written)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
