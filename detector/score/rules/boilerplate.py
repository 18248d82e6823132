"""Lines of the site among those of the article: advertisements, share bars, subscriptions, cookies, rights, credits.

A sentence is read that begins or ends its line (most often it is the whole line) and is boilerplate from end to end.
Labels that run into the article's words ("Advertisement The mayor ...", "the quay.Source link") are read apart, and so are the
credits of pictures, in brackets or with an agency's name after a stroke.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import in_one
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
_AGENCY = r"(?:getty images|ap photo|reuters|afp|epa|shutterstock|istock)"
_NAME = r"(?-i:[A-Z])[\w.'’-]*"

_LINES = [
    # advertisements and continuations
    r"\W*(?:skip )?advertise?ments?\W*(?:(?:scroll (?:down )?to )?continue(?: reading)?(?: below)?\W*)?",
    r"(?:skip|close|report)(?: this)? ad\W*",
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
    r"(?:read|view|see) (?:the )?original(?: (?:article|post|story|source))?(?: (?:here|at|on)\b.{0,80})?\W*",
    r"(?:also read|read (?:also|next)|see also|don['’]t miss|related(?: (?:story|article|video|coverage|reading))?): .{2,160}",
    r"(?-i:WATCH|RELATED|MORE|VIDEO|PHOTOS|GALLERY|LISTEN)(?: (?:MORE|NOW|LIVE))?: .{2,160}",
    # sharing and following
    r"(?:[\d.,]+k? )?(?:shares? )?share(?: (?:this|on|via|with))?"
    rf"(?: (?:this )?(?:story|article|post|page|link|{_SITE}|friends))?(?: (?:on|via|by))?(?:(?:,| and|,? &)? {_SITE}){{0,6}}\W*",
    rf"(?:[\d.,]+k? shares? )?(?:(?:share|tweet|pin|like|{_SITE})(?: this| it| on){{0,2}}[ ,|/•·]{{0,3}}){{2,8}}",
    r"[\d.,]+k? (?:shares|comments|views|likes)",
    r"(?:click to )?(?:share|e-?mail|print|tweet)\b.{0,60}\(opens in (?:a )?new (?:window|tab)\)",
    r"share this (?:article|story|page) share(?: [\d.,]+k? shares)?",
    r"tweet",
    r"join the (?:conversation|discussion)\W*",
    r"(?:follow|like|find|join) us (?:on|at) .{1,80}",
    r"follow @\w+\W*",
    rf"(?:follow|like) .{{1,60}} on {_SITE}(?:(?:,| and|,? &) {_SITE}){{0,4}}\W*",
    r"like (?:this:.{0,40}|loading\W*)",
    # subscribing
    r"click (?:here|the link|on the link)(?: (?:to|for|if|and|above|below)\b.{0,120})?\W*",
    r"tap here .{1,100}",
    r"(?:please )?(?:sign up|subscribe|register)(?: (?:now|today|here|free|for free))?"
    rf"(?: (?:to|for|with) .{{0,80}}{_LETTER}.{{0,80}})?\W*",
    rf"get (?:our|the|your|all the) .{{0,60}}(?:{_LETTER}|inbox).{{0,60}}",
    r"sign up to (?:receive|get) .{1,60}(?:e-?mails?|inbox|updates|headlines|alerts|newsletters?).{0,40}",
    r"get (?:breaking|the latest) news .{0,60}(?:inbox|phone|e-?mail).{0,40}",
    r"enter your e-?mail(?: address)?(?: (?:to|below|here)\b.{0,60})?\W*",
    r"your e-?mail address will not be published.{0,60}",
    r"required fields are marked.{0,5}",
    r"thank(?:s| you) for (?:signing up|subscribing|registering)(?: (?:to|for|with) .{1,60})?\W*",
    r"you (?:are|have)(?: been)? (?:now |successfully )?subscribed\b.{0,60}",
    r"subscribe (?:to|now|today|for [$£€]?\d)\b.{0,100}",
    # walls
    r"this (?:article|story|content|page|post) is (?:only )?(?:available )?(?:for|to) (?:\w+ )?(?:subscribers|members)(?: only)?"
    r"\W*(?:please .{0,60})?",
    r"to (?:continue|keep) reading\b.{0,40}\b(?:subscribe|sign (?:in|up)|log in|register)\b.{0,60}",
    r"to read (?:the|this) (?:full |entire )?(?:story|article),? (?:please )?(?:subscribe|sign (?:in|up)|log in|register)\b.{0,60}",
    r"you(?: have|['’]ve) (?:reached|used|read|hit) (?:all (?:of )?)?your .{0,40}\bfree .{0,40}",
    r"you have \d+ free (?:articles?|stories) (?:left|remaining).{0,40}",
    r"(?:sign|log) (?:in|up)(?: (?:now|here))?\W*",
    r"(?:already|don['’]t) have an account\?.{0,40}",
    r"create (?:a|your) free account\b.{0,40}",
    r"support (?:our|local|independent) journalism\W*(?:(?:subscribe|donate|join|become)\b.{0,40})?",
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
    r"we and our (?:\d+ )?(?:partners|vendors)\b.{0,60}cookies.{0,160}",
    r"(?:accept|manage|reject) (?:all |my |your )?(?:cookies|cookie preferences)",
    r"(?:(?:privacy policy|cookie (?:policy|settings)|terms (?:of (?:use|service)|and conditions)|contact us|about us|site ?map)"
    r"\W{0,4}){1,6}",
    r"(?:skip to (?:main )?content|(?:please )?enable javascript.{0,100})\W*",
    r"(?:your browser does not support|media playback is (?:un|not )supported)\b.{0,60}",
    r"(?:loading|back to top|(?:next|previous) (?:article|story|post|page))\W*",
    r"(?:print|e-?mail|save|bookmark) this (?:page|article|story|post)\W*",
    r"\d{1,2}[ -]min(?:ute)?s? read\W*",
    r"listen to (?:this|the) (?:article|story)\W*(?:\d.{0,20})?",
    r"(?:have|got) a (?:news )?(?:story|tip)\?.{0,60}\b(?:e-?mail|contact|call|write to|tell|let us know|click)\b.{0,80}",
    r"(?:filed under|tagged(?: (?:with|as))?|tags?|categories|category): .{1,120}",
    r"(?:proudly )?powered by (?:wordpress|disqus|blogger|google)\W*",
    r"(?:leave a|post a|add a|view|show|load|read) (?:comments?|reply|all comments|more(?: comments)?)\W*",
    r"comments (?:are|have been) closed\W*",
    r"(?:play|watch|popular) video\W*",
    r"(?:the )?(?:post|article) .{1,150} (?:appeared first|first appeared|was originally published) (?:on|in) .{1,80}",
    # dates of the page, credits of its pictures
    r"(?:posted|published|updated|last updated|first published|last modified|created)\W{0,3}"
    rf"(?:(?:at|on|by .{{1,40}}) ?)?(?:{_CLOCK})?\W{{0,3}}(?:on )?(?:[a-z]+day,? )?{_DATE}.{{0,60}}",
    rf"and last updated .{{0,20}}{_DATE}.{{0,40}}",
    r"(?:last )?(?:updated|posted|published):? \d{1,2} (?:minutes?|hours?|days?|weeks?) ago\W*",
    rf"(?:updated|posted|published):? (?:at )?{_CLOCK}.{{0,40}}",
    r"(?:photos?|images?|pictures?|video|photograph|credits?|featured image|file photo)(?: credits?| courtesy(?: of)?)?"
    r"(?: ?: ?| by | via | courtesy of )[^.]{2,80}\.?",
    r"(?:featured image|image (?:copyright|source)) (?:(?!caption).){1,60}",
    r"(?:hide|toggle|enlarge)(?: (?:this )?image)?(?: (?:hide|toggle))? caption",
    r"credit ?(?:\.{3}|…) ?.{2,60}",
    rf"(?:{_NAME} ){{0,4}}(?:/ ?)?{_AGENCY}(?: ?/ ?{_NAME}(?: {_NAME}){{0,3}}){{1,2}}",
    r"(?:getty images|ap photo)",
]
_BOILERPLATE = re.compile("|".join(_LINES), re.IGNORECASE)
_MAX_CHARS = 260
_OPENING = re.compile(r"[^A-Za-z©]{0,12}(?:k shares? )?([A-Za-z]+|©)", re.IGNORECASE)
_OPENERS = (
    "about accept add advertisement advertisements advertisment afp already also and ap article author authors back bookmark by "
    "c categories category click close comments contact continue cookie copyright create created credit credits don download e "
    "email enable enlarge enter epa facebook featured file filed find first flipboard follow gallery get getty google got have "
    "hide image images instagram istock join k last leave like likes linkedin listen load loading log manage media min mins "
    "minute minutes more most next original our photo photograph photos picture pictures pin pinterest play please popular post "
    "posted powered previous print privacy proudly published read recommended reddit register reject related report required "
    "reuters save scroll see share shares show shutterstock sign site skip source story subscribe support tag tagged tags tap "
    "telegram terms thank thanks this to toggle topics trending tumblr tweet twitter updated via video view views watch we "
    "whatsapp you your youtube ©"
)
_FIRST_WORDS = frozenset(_OPENERS.split())
"""What the lines above begin with: most sentences begin otherwise, and need not be compared."""
_THE = re.compile(r"^the (?:post|article) |reserved|/", re.IGNORECASE)
"""What a line of those has that begins with an article, as every sixth sentence does."""
_LAST_WORDS = ("reserved", "reserved.", "getty images", "ap photo", "reuters", "afp", "shutterstock")
_TEASER = re.compile(
    r"(?:also read|read|see also|don['’]t miss|related|watch|more|video|photos|gallery|listen)\b[\w ]{0,12}:", re.IGNORECASE
)
"""What names another article up to the end of its line: nobody can say where in a line that goes on it ends."""
_PICTURE = r"(?:Image|Media) caption|Image (?:copyright|source) (?:Getty Images|Reuters|AFP|AP|PA|EPA|BBC|Alamy)(?: Image caption)?"
_LABEL = re.compile(rf"(?:ADVERTISEMENT|Advertisement|SHARE THIS STORY|Source link|Story continues below|{_PICTURE})(?= [A-Z“\"])")
_LABEL_INITIALS = frozenset("ASIM")
_GLUED = re.compile(
    r"(?:ADVERTISEMENT|Advertisement|Source link|Read more|Read More|READ MORE|Continue reading|Share this article"
    r"|Story continues below|Image (?:copyright|source|caption)|Media caption)(?![a-z])"
)
_GLUED_WORDS = ("ADVERTISEMENT", "Advertisement", "Source", "Read", "READ", "Continue", "Share", "Story", "Image", "Media")
"""The first word of such a label."""
_GLUED_TO, _GLUES = re.compile(r"[.!?”\"’)]$"), re.compile(r"[A-Z“][a-z]")
_CREDIT = re.compile(
    r"\((?:(?:Photo|Image|Picture)s?(?: credit)?(?::| by| courtesy| via) ?[^()\n]{2,80}"
    r"|(?:AP Photo|REUTERS|AFP|EPA|Getty Images) ?/ ?[^()\n]{2,60}|[^()\n/]{2,40}/ ?(?:AFP|AP|Getty Images|REUTERS|Reuters))\)"
)
_AGENCIES = re.compile(r"/ ?(?:Getty Images|AFP(?:/| via )Getty Images|REUTERS|NurPhoto|Shutterstock)\b")
_NAMES_BEFORE = re.compile(r"(?:[A-Z](?:\.|[\w'’-]{1,20}) ){1,3}[A-Z][\w'’-]{1,20} ?$")
_MAX_NAMES = 70
_LIKELY = 0.9


def is_boilerplate(line: str) -> bool:
    """True where the whole of a line or sentence belongs to the site.

    >>> is_boilerplate("Sign up for our daily newsletter."), is_boilerplate("Sign up, the mayor said, while you can.")
    (True, False)
    """
    if len(line) > _MAX_CHARS:
        return False
    opening = _OPENING.match(line)
    begins = opening is not None and (
        opening[1].lower() in _FIRST_WORDS or (opening[1].lower() == "the" and _THE.search(line[opening.start(1) :]) is not None)
    )
    return (begins or line[-16:].lower().endswith(_LAST_WORDS)) and _BOILERPLATE.fullmatch(line) is not None


def _lines(segmented: SegmentedDocument) -> Iterator[tuple[int, int, str]]:
    """Sentences that are the site's, and labels of the site at the beginning of a line."""
    text = segmented.document.text
    for sentence in segmented.sentences:
        start, end = sentence.span.start, sentence.span.end
        begins_line = start == 0 or text[start - 1] in "\n\r"
        if not (begins_line or end == len(text) or text[end] in "\n\r"):
            continue
        if is_boilerplate(text[start:end]) and (begins_line or not _TEASER.match(text, start, end)):
            yield start, end, "the sentence belongs to the site, not to the article"
        elif begins_line and text[start] in _LABEL_INITIALS and (label := _LABEL.match(text, start, end)):
            yield *label.span(), "the line begins with a label of the site"


def _glued(text: str) -> Iterator[tuple[int, int, str]]:
    """Labels and credits that the page set apart and the scraper did not."""
    runs = in_one(text)
    for m in _GLUED.finditer(text) if any(word in runs for word in _GLUED_WORDS) else ():
        if _GLUED_TO.search(text, max(0, m.start() - 1), m.start()) or _GLUES.match(text, m.end()):
            yield *m.span(), "a label of the site is glued to the article's words"
    for m in _CREDIT.finditer(text):
        yield *m.span(), "the words credit a photograph"
    for m in _AGENCIES.finditer(text):
        if names := _NAMES_BEFORE.search(text, max(0, m.start() - _MAX_NAMES), m.start()):
            yield names.start(), m.end(), "the words credit a photograph"


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the site's words, none inside another: the first eight words of each."""
    done = 0
    text = segmented.document.text
    for start, end, because in sorted([*_lines(segmented), *_glued(text)], key=lambda found: (found[0], -found[1])):
        if start >= done:
            done = end
            yield raised(text, "boilerplate.line", start, end, because, probability=_LIKELY)
