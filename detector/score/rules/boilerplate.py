"""Lines of the site among those of the article: advertisements, share bars, subscriptions, cookies, rights, photo credits.

A sentence is read that begins or ends its line (most often it is the whole line); it must be boilerplate from end to end.
Labels that run into the article's first words ("Advertisement The mayor ...") are read apart.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import raised
from detector.types import Flag, SegmentedDocument

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[a-z]{2,4})?"
_NETWORK = r"(?:facebook|twitter|whatsapp|linkedin|pinterest|reddit|instagram|youtube|telegram|e-?mail|print|google\+?|tumblr|flipboard)"
_LETTER = r"(?:e-?mail )?(?:newsletters?|alerts?|bulletins?|briefings?)"

_LINES = [
    r"\W*advertise?ments?\W*|\W*(?:story|article) contin(?:ues|ued) (?:after|below).{0,40}|scroll (?:down )?(?:to|for) continue.{0,40}",
    r"continue reading(?: below| the main story)?\W*|(?:read|see) more(?:\W*|:.{1,160}| (?:at|on|in|about|from) .{1,80})|read the full .{1,40}",
    r"(?:authors?|related|related (?:articles?|stories|content|posts?|topics?|news)|more on this(?: story)?|topics|tags)\W*:?",
    r"you (?:may|might) also (?:like|enjoy|be interested in).{0,40}|(?:most (?:read|popular|viewed|shared)|trending|recommended)(?: (?:now|stories|news|for you))?\W*",
    r"source link\W*|original (?:source|article)\W*|source: https?://\S+|via: \S+",
    rf"(?:[\d.,]+k? )?(?:shares? )?share(?: (?:this|on|via|with))?(?: (?:this )?(?:story|article|post|page|link|{_NETWORK}|friends))?(?: {_NETWORK})*\W*",
    rf"(?:[\d.,]+k? shares? )?(?:(?:share|tweet|pin|like|{_NETWORK})(?: (?:this|it|on))*[ ,|/•·]*){{2,8}}|[\d.,]+k? (?:shares|comments|views|likes)",
    rf"(?:follow|like|find|join) us (?:on|at) .{{1,80}}|(?:follow|like) .{{1,60}} on {_NETWORK}(?:(?:,| and|,? &) {_NETWORK})*\W*",
    r"like this:.{0,40}|like loading\W*",
    r"click (?:here|the link|on the link)(?: (?:to|for|if|and|above|below)\b.{0,120})?\W*|tap here .{1,100}",
    rf"(?:please )?(?:sign up|subscribe|register)(?: (?:now|today|here|free|for free))?(?: (?:to|for|with) .{{0,80}}{_LETTER}.{{0,80}})?\W*",
    rf"get (?:our|the|your|all the) .{{0,60}}(?:{_LETTER}|inbox).{{0,60}}|subscribe (?:to|now|today)\b.{{0,100}}|(?:already a subscriber|log in to).{{0,60}}",
    r"(?:.{0,60}[.,|] ?)?all rights reserved\W*|(?:copyright )?(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?\d{4}.{0,100}|copyright .{1,40} \d{4}\W*",
    r"this (?:material|article|story|content) (?:may|must|cannot|can) not be (?:published|reproduced|copied|republished).{0,160}",
    r"(?:this|our) (?:web ?)?site uses cookies.{0,160}|we use cookies.{0,160}|by (?:continuing|using|browsing|clicking).{0,80}cookies.{0,80}|accept (?:all )?cookies",
    r"(?:privacy policy|terms (?:of (?:use|service)|and conditions)|cookie (?:policy|settings)|contact us|about us|skip to (?:main )?content)\W*",
    r"(?:leave a|post a|add a|view|show|load|read) (?:comments?|reply|all comments|more(?: comments)?)\W*|comments (?:are|have been) closed\W*",
    rf"(?:posted|published|updated|last updated|first published|last modified|created)\W*(?:(?:at|on|by .{{1,40}}) ?)?(?:{_CLOCK})?\W*(?:on )?(?:[a-z]+day,? )?{_DATE}.{{0,60}}",
    rf"and last updated .{{0,20}}{_DATE}.{{0,40}}|(?:updated|posted|published):? (?:at )?{_CLOCK}.{{0,40}}",
    r"(?:photos?|images?|pictures?|video|photograph|credits?|featured image|file photo)(?: credits?| courtesy(?: of)?)?(?: ?: ?| by | via | courtesy of )[^.]{2,80}\.?",
    r"(?:[A-Z][\w.'-]+ ){0,4}(?:/ ?)?(?:getty images|ap photo|reuters|afp|shutterstock)(?: ?/ ?[\w. '-]{1,40}){1,2}|getty images|ap photo|featured image .{1,60}",
    r"(?:the )?(?:post|article) .{1,150} (?:appeared first|was originally published|first appeared) (?:on|in|at|by) .{1,80}",
    r"(?:download|get) (?:our|the) (?:free )?(?:mobile |news )?app\b.{0,80}|(?:play|watch|popular) video\W*|enable javascript.{0,80}",
]  # fmt: skip
_BOILERPLATE = re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)
_MAX_CHARS = 260
_TRIGGER = re.compile(
    r"advert|continu|scroll|more|authors?\b|relat|topics|tags|you m|popular|trending|recommended|viewed|\bread\b|source|original|via|"
    r"share|tweet|pin\b|like|follow|find us|join us|facebook|twitter|e-?mail|print|click|tap here|sign up|subscri|register|newsletter|"
    r"inbox|log in|rights|©|\(c\)|copyright|cookies|privacy|terms|contact us|about us|skip|comment|reply|posted|published|updated|"
    r"modified|created|photo|image|picture|video|credit|getty|reuters|afp|shutterstock|appeared|app\b|javascript",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:(?:ADVERTISEMENT|Advertisement|SHARE THIS STORY|Source link|Story continues below)(?= [A-Z“\"]))", re.MULTILINE)
_CREDIT = re.compile(r"\((?:Photo|Image|Picture)s?(?: credit)?(?::| by| courtesy| via) ?[^()\n]{2,80}\)")
_LIKELY = 0.9


def is_boilerplate(line: str) -> bool:
    """True where the whole of a line or sentence belongs to the site.

    >>> is_boilerplate("Sign up for our daily newsletter."), is_boilerplate("Sign up, the mayor said, while there is room.")
    (True, False)
    """
    return len(line) <= _MAX_CHARS and bool(_TRIGGER.search(line)) and _BOILERPLATE.fullmatch(line) is not None


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the site's lines: the first eight words of each."""
    code, text = "boilerplate.line", segmented.document.text
    for sentence in segmented.sentences:
        start, end = sentence.span.start, sentence.span.end
        if end - start > _MAX_CHARS:
            continue
        at_edge = start == 0 or text[start - 1] in "\n\r" or end == len(text) or text[end] in "\n\r"
        if at_edge and is_boilerplate(text[start:end]):
            yield raised(text, code, start, end, "the sentence belongs to the site, not to the article", probability=_LIKELY)
    for pattern, because in ((_LABEL, "the line begins with a label of the site"), (_CREDIT, "the words credit a photograph")):
        for m in pattern.finditer(text):
            yield raised(text, code, *m.span(), because, probability=_LIKELY)
