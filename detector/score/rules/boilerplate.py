"""Lines of the site among those of the article: advertisements, share bars, subscriptions, cookies, rights, credits.

A sentence is read that begins or ends its line (most often it is the whole line) and is boilerplate from end to end.
Labels that run into the article's first words ("Advertisement The mayor ...") and credits in brackets are read apart.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import raised
from detector.types import Flag, SegmentedDocument

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[a-z]{2,4})?"
_SITE = (
    r"(?:facebook|twitter|whatsapp|linkedin|pinterest|reddit|instagram|youtube|telegram|tumblr|flipboard|google\+?"
    r"|e-?mail|print)"
)
_LETTER = r"(?:e-?mail )?(?:newsletters?|alerts?|bulletins?|briefings?)"
_AGENCY = r"(?:getty images|ap photo|reuters|afp|shutterstock)"

_LINES = [
    # advertisements and continuations
    r"\W*advertise?ments?\W*",
    r"\W*(?:story|article) contin(?:ues|ued) (?:after|below).{0,40}",
    r"scroll (?:down )?(?:to|for) continue.{0,40}",
    r"continue reading(?: below| the main story)?\W*",
    r"(?:read|see) more(?:\W*|:.{1,160}| (?:at|on|in|about|from) .{1,80})",
    r"read the full .{1,40}",
    r"(?:authors?|related|related (?:articles?|stories|content|posts?|topics?|news)|topics|tags)\W*",
    r"more on this(?: story)?\W*",
    r"you (?:may|might) also (?:like|enjoy|be interested in).{0,40}",
    r"(?:most (?:read|popular|viewed|shared)|trending|recommended)(?: (?:now|stories|news|for you))?\W*",
    r"(?:source link|original (?:source|article))\W*",
    r"source: https?://\S+",
    r"via: \S+",
    # sharing and following
    r"(?:[\d.,]+k? )?(?:shares? )?share(?: (?:this|on|via|with))?"
    rf"(?: (?:this )?(?:story|article|post|page|link|{_SITE}|friends))?(?: {_SITE}){{0,6}}\W*",
    rf"(?:[\d.,]+k? shares? )?(?:(?:share|tweet|pin|like|{_SITE})(?: this| it| on){{0,2}}[ ,|/•·]{{0,3}}){{2,8}}",
    r"[\d.,]+k? (?:shares|comments|views|likes)",
    r"(?:follow|like|find|join) us (?:on|at) .{1,80}",
    rf"(?:follow|like) .{{1,60}} on {_SITE}(?:(?:,| and|,? &) {_SITE}){{0,4}}\W*",
    r"like (?:this:.{0,40}|loading\W*)",
    # subscribing
    r"click (?:here|the link|on the link)(?: (?:to|for|if|and|above|below)\b.{0,120})?\W*",
    r"tap here .{1,100}",
    r"(?:please )?(?:sign up|subscribe|register)(?: (?:now|today|here|free|for free))?"
    rf"(?: (?:to|for|with) .{{0,80}}{_LETTER}.{{0,80}})?\W*",
    rf"get (?:our|the|your|all the) .{{0,60}}(?:{_LETTER}|inbox).{{0,60}}",
    r"subscribe (?:to|now|today)\b.{0,100}",
    r"(?:already a subscriber|log in to).{0,60}",
    r"(?:download|get) (?:our|the) (?:free )?(?:mobile |news )?app\b.{0,80}",
    # rights, cookies, the page's own furniture
    r"(?:.{0,60}[.,|] ?)?all rights reserved\W*",
    r"(?:copyright )?(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?\d{4}.{0,100}",
    r"copyright .{1,40} \d{4}\W*",
    r"this (?:material|article|story|content) (?:may|must|cannot|can) not be (?:published|reproduced|copied).{0,160}",
    r"(?:this|our) (?:web ?)?site uses cookies.{0,160}",
    r"we use cookies.{0,160}",
    r"by (?:continuing|using|browsing|clicking).{0,80}cookies.{0,80}",
    r"accept (?:all )?cookies",
    r"(?:privacy policy|cookie (?:policy|settings)|terms (?:of (?:use|service)|and conditions))\W*",
    r"(?:contact us|about us|skip to (?:main )?content|enable javascript.{0,80})\W*",
    r"(?:leave a|post a|add a|view|show|load|read) (?:comments?|reply|all comments|more(?: comments)?)\W*",
    r"comments (?:are|have been) closed\W*",
    r"(?:play|watch|popular) video\W*",
    r"(?:the )?(?:post|article) .{1,150} (?:appeared first|first appeared|was originally published) (?:on|in) .{1,80}",
    # dates of the page, credits of its pictures
    r"(?:posted|published|updated|last updated|first published|last modified|created)\W{0,3}"
    rf"(?:(?:at|on|by .{{1,40}}) ?)?(?:{_CLOCK})?\W{{0,3}}(?:on )?(?:[a-z]+day,? )?{_DATE}.{{0,60}}",
    rf"and last updated .{{0,20}}{_DATE}.{{0,40}}",
    rf"(?:updated|posted|published):? (?:at )?{_CLOCK}.{{0,40}}",
    r"(?:photos?|images?|pictures?|video|photograph|credits?|featured image|file photo)(?: credits?| courtesy(?: of)?)?"
    r"(?: ?: ?| by | via | courtesy of )[^.]{2,80}\.?",
    r"featured image .{1,60}",
    rf"(?:[\w.'-]+ ){{0,4}}(?:/ ?)?{_AGENCY}(?: ?/ ?[\w. '-]{{1,40}}){{1,2}}",
    r"(?:getty images|ap photo)",
]
_BOILERPLATE = re.compile("|".join(_LINES), re.IGNORECASE)
_MAX_CHARS = 260
_OPENING = re.compile(r"[^A-Za-z©]{0,12}(?:k shares? )?([A-Za-z]+|©)", re.IGNORECASE)
_OPENERS = (
    "about accept add advertisement advertisements advertisment already and ap article author authors by c click "
    "comments contact continue cookie copyright created credit credits download email e enable facebook featured "
    "file find first flipboard follow get getty google image images instagram join k last leave like likes linkedin "
    "load log more most original our photo photograph photos picture pictures pin pinterest play please popular "
    "post posted print privacy published read recommended reddit register related scroll see share shares show sign "
    "skip source story subscribe tags tap telegram terms the this topics trending tumblr tweet twitter updated via "
    "video view views watch we whatsapp you youtube ©"
)
_FIRST_WORDS = frozenset(_OPENERS.split())
"""What the lines above begin with: most sentences begin otherwise, and need not be compared."""
_LAST_WORDS = ("reserved", "reserved.", "getty images", "ap photo", "reuters", "afp", "shutterstock")
_LABEL = re.compile(r"(?:ADVERTISEMENT|Advertisement|SHARE THIS STORY|Source link|Story continues below)(?= [A-Z“\"])")
_CREDIT = re.compile(r"\((?:Photo|Image|Picture)s?(?: credit)?(?::| by| courtesy| via) ?[^()\n]{2,80}\)")
_LIKELY = 0.9


def is_boilerplate(line: str) -> bool:
    """True where the whole of a line or sentence belongs to the site.

    >>> is_boilerplate("Sign up for our daily newsletter."), is_boilerplate("Sign up, the mayor said, while you can.")
    (True, False)
    """
    if len(line) > _MAX_CHARS:
        return False
    opening = _OPENING.match(line)
    begins = opening is not None and opening[1].lower() in _FIRST_WORDS
    return (begins or line[-16:].lower().endswith(_LAST_WORDS)) and _BOILERPLATE.fullmatch(line) is not None


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the site's lines: the first eight words of each."""
    code, text = "boilerplate.line", segmented.document.text
    for sentence in segmented.sentences:
        start, end = sentence.span.start, sentence.span.end
        begins_line = start == 0 or text[start - 1] in "\n\r"
        if not (begins_line or end == len(text) or text[end] in "\n\r"):
            continue
        if is_boilerplate(text[start:end]):
            because = "the sentence belongs to the site, not to the article"
            yield raised(text, code, start, end, because, probability=_LIKELY)
        elif begins_line and (label := _LABEL.match(text, start, end)):
            yield raised(text, code, *label.span(), "the line begins with a label of the site", probability=_LIKELY)
    for credit in _CREDIT.finditer(text):
        yield raised(text, code, *credit.span(), "the words credit a photograph", probability=_LIKELY)
