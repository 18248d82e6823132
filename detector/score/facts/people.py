"""People as a sentence calls them: their gender, and their office or trade."""

import re
from collections.abc import Iterator

from detector.score.facts.reading import Fact, Side
from detector.text import forms
from detector.types import Span

_PAIRS = (
    "he she, him her, his her, his hers, himself herself, man woman, men women, boy girl, boys girls, son daughter, sons daughters,"
    " brother sister, brothers sisters, father mother, fathers mothers, husband wife, husbands wives, uncle aunt, nephew niece,"
    " grandfather grandmother, grandson granddaughter, boyfriend girlfriend, widower widow, king queen, prince princess,"
    " gentleman lady, gentlemen ladies, dad mum, dad mom, male female, males females, groom bride, mr ms, mr mrs, mr miss,"
    " duke duchess, sir dame, spokesman spokeswoman, spokesmen spokeswomen, chairman chairwoman, businessman businesswoman,"
    " businessmen businesswomen, congressman congresswoman, councilman councilwoman, policeman policewoman, assemblyman"
    " assemblywoman, gunman gunwoman, sportsman sportswoman, frenchman frenchwoman, englishman englishwoman, irishman irishwoman,"
    " schoolboy schoolgirl, stepfather stepmother, stepson stepdaughter, godfather godmother, headmaster headmistress"
)
_PRONOUNS = frozenset(["he", "him", "his", "himself"])
_GENDER = {
    word: (gender, "pronoun" if pair.split()[0] in _PRONOUNS else pair.split()[0])
    for pair in _PAIRS.split(", ")
    for word, gender in zip(pair.split(), ("masculine", "feminine"), strict=True)
}
"""The gender of a word, and what it calls a person beside that."""

_ROLES = """
president
prime minister|premier
minister
secretary
chancellor
governor|gov
mayor
senator|sen
congressman|congresswoman|congressmen|representative|congress member
lawmaker|legislator|parliamentarian|mp
councilman|councilwoman|councilor|councillor|council member|alderman
commissioner
ambassador|envoy
judge|justice|magistrate
prosecutor|district attorney
lawyer|attorney|counsel|solicitor|barrister
attorney general
solicitor general
surgeon general
sheriff
detective|investigator
lieutenant
sergeant
colonel
admiral
bishop
archbishop
cardinal
pope|pontiff
pastor|vicar
priest|clergyman
rabbi
imam
professor
lecturer
doctor|physician|medic
nurse
surgeon
dentist
pharmacist
teacher|schoolteacher|educator
headteacher|headmaster|headmistress
student|pupil
chairman|chairwoman|chairperson|chair
director
manager
supervisor
coach|trainer
referee|umpire
goalkeeper|keeper
striker|forward
defender
midfielder
spokesman|spokeswoman|spokesperson
reporter|journalist|correspondent
editor
analyst
economist
engineer
architect
accountant
auditor
agent
broker
banker
trader
farmer
rancher
driver|motorist
pilot
firefighter|fireman
paramedic
soldier
sailor
treasurer
clerk
trustee
candidate|nominee
inspector
superintendent
coroner|medical examiner
founder|co-founder
owner|proprietor|landlord
author|writer|novelist
scientist|researcher
carpenter
electrician
plumber
butcher
baker
waiter|waitress
actor|actress
singer|vocalist
resident|inhabitant|local
witness|onlooker|bystander|eyewitness
tourist|visitor
passenger
employee|worker|staff
employer
shareholder|investor
customer|client|shopper
tenant
"""
_CHIEFS = {f"c{field[0]}o": field for field in ("executive", "financial", "operating", "technology", "information")}
_CHIEF = re.compile(
    r"\bchief (executive|financial|operating|technology|information|medical|legal|marketing|technical)(?: officer)?\b"
)
_ROLE_OF = {name: group.split("|")[0] for group in _ROLES.split("\n") if group for name in group.split("|")}
_PORTFOLIOS = (
    "foreign|finance|defen[cs]e|home|interior|health|education|justice|trade|energy|transport|labou?r|agriculture|culture"
    "|environment|treasury|press|general|deputy|vice|assistant"
)
_ROLE = re.compile(
    rf"\b(?:(?P<of>{_PORTFOLIOS})[ -])?(?P<role>{'|'.join(sorted(_ROLE_OF, key=len, reverse=True))})(?P<plural>e?s)?\b"
    rf"|\b(?P<short>{'|'.join(_CHIEFS)})\b"
)
_PLAIN_ADJECTIVES = frozenset({"local", "forward", "justice", "general", "counsel", "staff", "chair", "medic", "keeper", "trainer"})
"""Words that are people only in the plural or behind an article, and too often something else."""


GENDERED = frozenset(_GENDER) | frozenset(f"{word}'s" for word in _GENDER)
"""Words that a gender can be changed by."""
CALLING = frozenset(
    word + ending
    for name in (*_ROLE_OF, *_CHIEFS, *_CHIEFS.values(), "chief", *_PORTFOLIOS.replace("[cs]", "c").replace("u?", "u").split("|"))
    for word in name.split()
    for ending in ("", "s", "es")
)
"""Words that an office can be changed by."""


def genders(side: Side) -> Iterator[Fact]:
    """The words of a side that say whether a person is a man or a woman."""
    for word in side.words:
        gender = _GENDER.get(word.form.removesuffix("'s"))
        if gender:
            span = Span(word.start, word.end)
            yield Fact("gender", gender, span, span)


def offices(side: Side) -> Iterator[Fact]:
    """The offices and trades that a side names; what one holds ("finance minister") belongs to it."""
    for start, sentence in side.passages():
        lower = sentence.lower() if len(sentence.lower()) == len(sentence) else sentence
        for m in _CHIEF.finditer(lower):
            yield _office(("chief", m[1]), start, m)
        for m in _ROLE.finditer(lower):
            if m["short"]:
                yield _office(("chief", _CHIEFS[m["short"]]), start, m)
            elif m["plural"] or m["role"] not in _PLAIN_ADJECTIVES:
                yield _office(
                    (_ROLE_OF[m["role"]], (m["of"] or "").replace("defense", "defence").replace("labor", "labour")), start, m
                )


def _office(value: tuple[str, str], start: int, m: re.Match[str]) -> Fact:
    span = Span(start + m.start(), start + m.end())
    return Fact("office", value, span, span)


def is_same_gender(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """True where two words, whatever else they say, say the same gender."""
    return a[0] == b[0]


def is_same_office(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """True where two offices may be one: what is held need not be said twice, a deputy is not the holder."""
    if a[0] != b[0]:
        return False
    return a[1] == b[1] or ("" in {a[1], b[1]} and {a[1], b[1]}.isdisjoint({"deputy", "vice", "assistant"}))


def is_masculine(words: str) -> bool:
    """True where one of the words says that a person is a man."""
    return any(_GENDER.get(form.removesuffix("'s"), ("",))[0] == "masculine" for form in forms(words))
