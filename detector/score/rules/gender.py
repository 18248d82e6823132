"""Gender that changes within a sentence: a woman whose pronouns are a man's, or a man whose pronouns are a woman's.

Languages that leave the subject out, or have one word for his and her, make a translator guess: "Mrs. Duarte and his
husband", "the actress said in his memoirs", "she blamed himself". English lets "his" point to somebody else, so only phrases
are read in which it cannot: a reflexive right after the verb, a husband or a wife of a titled person, a pregnancy, what one says
in one's own statement. Where the text speaks of couples of one sex, or of a change of sex, the rule is silent.
"""

import re
from collections.abc import Iterator
from functools import cache

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.tokens import around, known, watched
from detector.types import Flag, SegmentedDocument

_NAME = r"[A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20}){0,2}"
_ONE = r"(?:[Aa]|[Tt]he|[Tt]his|[Tt]hat|[Aa]nother|[Oo]ne|[Ii]ts) (?:former |young |old |elderly |famous |pregnant )?"
_WOMAN = (
    r"(?:woman|actress|girl|lady|widow|grandmother|spokeswoman|businesswoman|congresswoman|chairwoman|policewoman"
    r"|councilwoman|duchess|princess|heroine|nun)"
)
_MAN = (
    r"(?:man|actor|widower|grandfather|spokesman|businessman|congressman|chairman|policeman|councilman|duke|prince|monk"
    r"|gentleman)"
)
_HER = rf"(?:(?:Mrs|Ms|Miss)\.? {_NAME}|{_ONE}{_WOMAN}(?:,? {_NAME},?)?|(?:[Ss]pokeswoman|[Aa]ctress|[Cc]ongresswoman) {_NAME})"
_HIM = rf"(?:Mr\.? {_NAME}|{_ONE}{_MAN}(?:,? {_NAME},?)?|(?:[Ss]pokesman|[Aa]ctor|[Cc]ongressman) {_NAME})"
_KIN = r"(?:and|with|left|lost|met|married|divorced|accused|joined)"
_EX = r"(?:ex-|late |former |first |second |estranged |then-)?"
_SAID = (
    r"(?:said|wrote|added|explained|announced|posted|recalled|admitted|declared|stated|confirmed)(?: \w+)? "
    r"(?:in|on|through|via|from)"
)
_OWN = (
    r"(?:own |official |personal |latest |final )?(?:Twitter |Facebook |Instagram )?"
    r"(?:statement|memoirs|autobiography|testimony|blog|account|page|resignation)"
)
_DID = r"(?:\w{2,12}ed|found|saw|made|considers|describes|calls|hurt|threw|gave|told|asked|put|set|let)"

_REFLEXIVE = re.compile(
    rf"\b(?:[Ss]he|{_ONE}{_WOMAN}(?: who)?) (?:\w+ly )?{_DID} (?P<him>himself)\b"
    rf"|\b(?:[Hh]e|{_ONE}{_MAN}(?: who)?) (?:\w+ly )?{_DID} (?P<her>herself)\b"
)
_HUSBAND = re.compile(rf"\b{_HER},? {_KIN} (?P<him>his) {_EX}(?:husband|boyfriend)\b")
_WIFE = re.compile(rf"\b{_HIM},? {_KIN} (?P<her>her) {_EX}(?:wife|girlfriend)\b")
_STATED = re.compile(rf"\b{_HER} {_SAID} (?P<him>his) {_OWN}\b|\b{_HIM} {_SAID} (?P<her>her) {_OWN}\b")
_BODY = re.compile(
    r"\b(?P<him>[Hh]e) (?:(?:is|was|became|got|gets|had been|has been) (?:\w+ months |\w+ weeks |already )?pregnant|gave birth)\b"
    r"|\b(?P<his>[Hh]is) (?:first |second |third |own )?(?:pregnancy|uterus|ovaries|womb|miscarriage|maternity leave)\b"
)
_CROWN = re.compile(r"\b(?P<him>His) Majesty (?:the )?Queen\b|\b(?P<her>Her) Majesty (?:the )?King\b")
_ASKED = {
    "himself": _REFLEXIVE, "herself": _REFLEXIVE,
    "husband": _HUSBAND, "boyfriend": _HUSBAND, "wife": _WIFE, "girlfriend": _WIFE,
    "statement": _STATED, "memoirs": _STATED, "autobiography": _STATED, "testimony": _STATED, "blog": _STATED,
    "account": _STATED, "page": _STATED, "resignation": _STATED,
    "pregnant": _BODY, "birth": _BODY, "pregnancy": _BODY, "uterus": _BODY, "ovaries": _BODY, "womb": _BODY,
    "miscarriage": _BODY, "leave": _BODY,
    "Queen": _CROWN, "King": _CROWN,
}  # fmt: skip
"""The word that each pattern ends in: only what stands before it is read closely."""
_TOKENS = {word + mark: word for word in _ASKED for mark in ("", ".", ",", ";", ".”", '."', ",”", ',"')}
_BEFORE_CHARS = 110
_SILENT = re.compile(
    r"\b(?:gay|lesbians?|same-sex|homosexual|trans|transgender(?:ed)?|transsexual|non-binary|queer|drag|seahorses?)\b",
    re.IGNORECASE,
)


@watched
@cache
def _known() -> frozenset[str]:
    return frozenset(_TOKENS)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the pronoun that disagrees; nothing is expected, as it may be the noun that is wrong."""
    text, code = segmented.document.text, "gender.flipped"
    held = sorted({_TOKENS[token] for token in _known() & known(text)})
    found = list(around(text, ((word, _ASKED[word]) for word in held), before=_BEFORE_CHARS, after=1))
    if found and _SILENT.search(text):
        return
    for m in found:
        because = f"“{' '.join(m.group().split())}” makes a man and a woman of one person"
        yield raised(text, code, *m.span(m.lastgroup or 0), because, probability=posterior(code))
