r"""What a page was made of, left in its text: entities, tags, escapes, remains of scripts and style sheets.

An article about markup names it with care: in quotation marks, or beside words such as "tag" and "HTML". There tags,
scripts and entities are left alone, but for an entity inside a word, which nobody writes on purpose.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from itertools import chain

from detector.score.rules.escapes import Escape, entities, escapes
from detector.score.rules.flagging import raised
from detector.score.rules.tokens import in_one
from detector.types import Flag, SegmentedDocument

_PLAIN_TAGS = (
    r"br|hr|p|div|span|strong|em|li|ul|ol|td|tr|th|table|tbody|thead|h[1-6]|blockquote|img|script|noscript|style|iframe|font"
    r"|center|html|figure|figcaption|pre|sup|sub|nobr"
)
"""No prose writes these in angle brackets; of those below it may, as a label to be filled in or in mathematics."""
_OTHER_TAGS = (
    r"a|abbr|address|area|article|aside|audio|b|base|big|body|button|caption|cite|code|col|dd|del|dl|dt|embed|fieldset|footer|form"
    r"|frame|head|header|i|input|ins|label|legend|link|main|map|mark|meta|nav|object|option|param|q|ref|s|section|select|small"
    r"|source|strike|summary|svg|path|textarea|time|title|tt|u|video|o:p|ref|nowiki"
)
_ATTRIBUTES = (
    r"href|src|srcset|class|style|target|alt|rel|width|height|align|border|colspan|onclick|onload|itemprop|itemtype"
    r"|data-[a-z-]{2,20}|aria-[a-z]{2,20}"
)
_SHORTCODES = r"caption|gallery|embed|youtube|vimeo|audio|video|playlist|tweet|poll|contact-form(?:-7)?|nggallery"
_TAG = re.compile(
    r"<(?=[a-z/!?%])(?:"
    rf"/?(?:{_PLAIN_TAGS})(?:\s[^<>]{{0,400}}|\s?/)?>"
    rf"|(?P<bare>{_OTHER_TAGS})\s?/?>"
    rf"|/(?:{_OTHER_TAGS})\s?>|(?:{_OTHER_TAGS})\s[^<>=]{{0,40}}=[^<>]{{0,400}}>"
    rf"|(?:{_PLAIN_TAGS}|{_OTHER_TAGS})\s{{1,3}}[a-z-]{{2,20}}\s?=\s?[\"'“”&][^<>\s]{{0,200}}"  # cut off
    r"|%[=-]?[^%<>\n]{1,100}%>|!--(?:[^<>\n]{0,80}?-->)?|!\[(?!CDATA)[^<>\n]{0,40}(?:\]>)?|!DOCTYPE\b[^<>]{0,120}>?|\?(?:php|xml)\b)"
    rf"|(?<![\w<&.])(?:br ?/|/(?:{_PLAIN_TAGS}))>|(?<!\S)(?:strong|span|div|blockquote|br|ul|td|tr)>"  # the bracket was lost
    r"|\bclass=Mso\w{1,30}|\bdata:image/[a-z+]{2,10};base64,[\w+/=]{0,200}"
    rf"|(?<![\w-])(?:{_ATTRIBUTES})=(?:\"[^\"<>\n]{{0,200}}\"|'[^'<>\n]{{0,200}}'|“[^”\n]{{0,200}}”)",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\[[a-z][a-z0-9_-]{1,30} [a-z][\w-]{0,30}=[\"'”″“‘’&\w][^\]\n]{0,300}\]"
    r"|\[/(?!(?:spintax|spinner|spin|sarcasm|rant|irony|joke|end|sic|quote unquote)\])(?:[a-z][a-z0-9_-]{1,30}|[biu])\]"
    r"|\[(?:url|img|quote|color|size|font|youtube|vimeo)=[^\]\n]{1,200}\]|\[(?:img|url)\](?=\s?https?:)"
    r"|\[(?:vc|et_pb|fusion|su)_\w{1,40}[^\]\n]{0,300}\]"
    rf"|^\[(?:{_SHORTCODES})\]",
    re.MULTILINE,
)
_SCRIPT = re.compile(
    r"!?\bfunction ?(?:[\w$]{1,30} ?)?\([\w$, ]{0,80}\) ?\{"
    r"|\bvar [A-Za-z_$][\w$]{0,40} ?=(?!=)|\b(?:let|const) [A-Za-z_$][\w$]{0,40} ?= ?(?:[\[{'\"(]|new |document|window|function)"
    r"|\bwindow\.(?:[A-Za-z_$][\w$]{0,40} ?(?:[=(;|\[]|\.\w)|dataLayer\b|location\b|on[a-z]{4,12}\b)"
    r"|\bdocument\.(?:write(?:ln)?\b|getElement\w{1,20}|createElement|querySelector|cookie\b|location\b|domain\b|ready\b|body\.)"
    r"|\$\((?:document|window|function|['\"][.#])|\bjQuery\(|\b(?:googletag|_gaq|dataLayer|adsbygoogle|fbq|_taboola)\.?[\w.]{0,30}\("
    r"|\b(?:gtag|ga|fbq|__gaTracker)\(['\"]|\b(?:addEventListener|setTimeout|setInterval|parseInt|JSON\.parse|console\.log)\("
    r"|\(adsbygoogle\b|\btypeof [\w.$]{1,60} ?[!=]==?|\binnerHTML\b|\bnew Date\(\)"
    r"|\breturn (?:false|true|null|this);|\bif ?\(![\w.$]{1,40}\) ?\{"
    r"|(?<!\()\}\)\(?\)?;|\}\(\)\);?|\}\(document, ?|(?<=[\w$])\(\);"
    r"|(?:// ?)?<!\[CDATA\[|(?:// ?)?\]\]>|// ?-->|\{%-? ?[a-z]\w{1,20}\b[^%{}\n]{0,100}%\}|\[object Object\]"
    r"|[\"“]@(?:context|type|graph|id)[\"”] ?: ?[\"“\[{]|application/ld\+json"
    r"|\{\s?\"[\w@-]{1,40}\" ?: ?(?:[\"\[{]|-?\d|true|false|null)"
    r"|@media [^{}\n]{0,80}\{|@media (?:only screen|screen and|\()|@font-face ?\{|@import (?:url\(|[\"'])|@charset [\"']"
    r"|(?P<rule>(?<=[\w\])*\s])\{\s{0,4}[a-z-]{2,30} ?: ?[^{};\n]{1,120}[;}])"
    r"|\bmso-[a-z-]{3,40} ?:"
    r"|\b(?:font(?:-[a-z]{4,6})?|background(?:-[a-z]{5,10})?|margin(?:-[a-z]{3,6})?|padding(?:-[a-z]{3,6})?|line-height"
    r"|text-(?:align|decoration|transform|indent)|display|(?:max-|min-)?(?:width|height)|color"
    r"|border(?:-[a-z]{3,12})?|float|overflow|position|vertical-align|z-index|list-style)"
    r" ?: ?(?:-?[\d.]{1,6}(?:px|em|rem|pt|vh|vw|%)|#[0-9a-fA-F]{3,6}\b|none|auto|inherit"
    r"|bold|normal|block|inline(?:-block)?|hidden|absolute|relative|fixed|left|right|center|solid|0(?=;))"
    r"[^;{}\n]{0,60}[;}]"
    r"|!important\b",
    re.MULTILINE,
)
_SCRIPT_SIGNS = (
    "()", "px", "]]>", "<![", "-->", "[object", "mso-", "@media", "@import", "@type", "ld+json", "!important",
    "innerHTML", "adsbygoogle",
)  # fmt: skip
_SELECTOR = re.compile(r"[.#]?[a-zA-Z*][^\s{}<>]{0,50} ?$")
_OBJECTS = re.compile(r"\b(?:window|document)\.[a-zA-Z_]")
_BRACES = frozenset("{}")
_TAG_MARKS, _SCRIPT_MARKS = frozenset("<>="), frozenset("{}<>=;@[")
"""What no remains of that sort lack: a text without any of these need not be read for them."""
_ABOUT = re.compile(
    r"(?<![\w/\"'“<.#-])(?:JavaScript|X?HTML[45]?|XML|CSS[23]?|LaTeX|JSON|Python|PHP"
    r"|(?i:style ?sheets?|mark-?up|ampersands?|source code|code snippets?|web ?developers?|web design(?:ers?)?|programmers?"
    r"|programming|shortcodes?|unicode|character (?:entit(?:y|ies)|references?)|regex(?:es)?|escape (?:sequences?|characters?)))"
    r"(?![\w/\"'”>=({-])"
)
_NEAR = re.compile(r"\b(?:tags?|elements?|entit(?:y|ies)|attributes?|commands?|syntax|variables?)\b", re.IGNORECASE)
_NEAR_CHARS = 60
_MENTIONS = 2
"""Words about markup in a text from which on it is about markup: one may stand on any page ("needs JavaScript")."""
_OPENING, _CLOSING = frozenset("\"'`“‘«"), frozenset("\"'`”’»")
_JOIN_CHARS = 160
"""How far apart remains of one script stand, of which the first is flagged."""
_CERTAIN, _LIKELY = 0.98, 0.85


class _Context:
    """Says of a place in a text whether markup is spoken of there; the text is read for it only when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._mentions: list[int] | None = None
        self._is_about = False

    def speaks_of_markup(self, start: int, end: int) -> bool:
        """True where the characters are quoted, stand near a word about markup, or the whole text is about it."""
        text = self._text
        if start and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING:
            return True
        if self._mentions is None:
            about = [m.start() for m in _ABOUT.finditer(text)]
            self._is_about = len(about) >= _MENTIONS
            self._mentions = sorted([*about, *(m.start() for m in _NEAR.finditer(text))])
        place = bisect_left(self._mentions, start - _NEAR_CHARS)
        return self._is_about or (place < len(self._mentions) and self._mentions[place] < end + _NEAR_CHARS)


def _tags(text: str, marks: Set[str], context: _Context) -> Iterator[tuple[int, int]]:
    """Tags and shortcodes; those that follow each other with blanks at most are one."""
    found: list[Iterator[re.Match[str]]] = []
    if marks & _TAG_MARKS or "base64" in text:
        found.append(_TAG.finditer(text))
    if "[" in marks:
        found.append(_SHORTCODE.finditer(text))
    closed: dict[str, bool] = {}
    joined: tuple[int, int] | None = None
    for m in sorted(chain.from_iterable(found), key=lambda m: m.start()):
        start, end = m.span()
        name = m.groupdict().get("bare")
        if name and name not in closed:
            closed[name] = f"</{name}" in text
        if (name and not closed[name]) or context.speaks_of_markup(start, end) or (joined and start < joined[1]):
            continue
        if joined and not text[joined[1] : start].strip(" ") and start - joined[1] <= 3:
            joined = (joined[0], end)
            continue
        if joined:
            yield joined
        joined = (start, end)
    if joined:
        yield joined


def _holds_sign(text: str) -> bool:
    runs = in_one(text)
    return any(sign in runs for sign in _SCRIPT_SIGNS) or "var " in text


def _scripts(text: str, marks: Set[str], context: _Context) -> Iterator[tuple[int, int]]:
    """The first sign of each stretch of program or style sheet."""
    signs = marks & _SCRIPT_MARKS and (not _BRACES.isdisjoint(marks) or _holds_sign(text))
    if not signs and not (("window." in text or "document." in text) and _OBJECTS.search(text)):
        return
    last = -_JOIN_CHARS - 1
    for m in _SCRIPT.finditer(text):
        if m.start() - last > _JOIN_CHARS and not context.speaks_of_markup(*m.span()):
            selector = _SELECTOR.search(text, max(0, m.start() - _NEAR_CHARS), m.start()) if m.lastgroup == "rule" else None
            yield (selector or m).start(), m.end()
            last = m.end()
        elif m.start() - last <= _JOIN_CHARS:
            last = m.end()


def _is_in_word(text: str, found: Escape) -> bool:
    return found.start > 0 and found.end < len(text) and text[found.start - 1].isalpha() and text[found.end].isalpha()


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of markup, each code in the order of the text; an entity or escape with what it stands for, where that is certain."""
    text = segmented.document.text
    context, marks = _Context(text), {mark for mark in _TAG_MARKS | _SCRIPT_MARKS if mark in text}
    done = 0
    tags = list(_tags(text, marks, context))
    for start, end in tags:
        yield raised(text, "markup.tag", start, end, "a tag of the page, or what is left of one", probability=_CERTAIN)
    inside = iter(tags)
    tag_start, tag_end = next(inside, (len(text), len(text)))
    for found in sorted(entities(text), key=lambda escape: escape[:2]):
        while tag_end <= found.start and tag_start < len(text):
            tag_start, tag_end = next(inside, (len(text), len(text)))
        if found.start < done or found.start >= tag_start:
            continue
        if not _is_in_word(text, found) and context.speaks_of_markup(found.start, found.end):
            continue
        done = found.end
        sure = _CERTAIN if found.means else _LIKELY
        yield raised(text, "markup.entity", *found[:2], _because(text, found), probability=sure, expected=found.means)
    for found in escapes(text):
        if not context.speaks_of_markup(*found[:2]):
            yield raised(text, "markup.escape", *found[:2], _because(text, found), probability=_LIKELY, expected=found.means)
    for start, end in _scripts(text, marks, context):
        yield raised(text, "markup.script", start, end, "part of a program or a style sheet of the page", probability=_CERTAIN)


def _because(text: str, found: Escape) -> str:
    written = text[found.start : found.end]
    meant = found.means if found.means and found.means.isprintable() and not found.means.isspace() else None
    return f"“{written}” stands for “{meant}”" if meant else f"“{written}” was left for a machine to read"
