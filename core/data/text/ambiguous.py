"""Sentences made by rule with names that people and places share: Jordan, Paris, Washington.

In a *pair that only what follows decides* both sentences are the same up to the name, so whoever reads from left to
right only knows the same at the name, whether a person or a place is meant: one of two answers is wrong. In a *pair
that what comes before decides* the words before differ and those after are the same.

A pattern is written with `{n}` for the name; a word that begins with `*` belongs to the name (``{n} *Street``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.data.text.entities import OTHER, PERSON, PLACE, Tagged, runs_of
from core.data.text.tokens import Token, read_text

Decides = Literal["follows", "before"]

HELD_OUT_NAMES = """
    Roosevelt Jefferson Brooklyn Adelaide Darwin Garfield Bismarck Ashford Kingston Virginia Victoria Milan Lansing
    Monroe Franklin Raleigh Helena Stanley Windsor Devon Winston Douglas
""".split()  # noqa: SIM905 - read more easily
"""Names that no network is trained on: not in these sentences, nor in the posts of WNUT 2017 that are trained on."""

NAMES = """
    Washington Lincoln Madison Jackson Houston Austin Jordan Paris Florence Sydney Chelsea Georgia Carolina Savannah
    Charlotte Dallas Phoenix Orlando Lancaster Chester Kent Bolton York Israel Chad Kenya India Vienna London Berlin
    Cleveland Denver Salem Montgomery Richmond Clinton Tyler Carter Nixon Truman Wilson Hoover Perry Warren Lafayette
    Columbus Alexandria Camden Trenton Logan Aurora Eugene Marion Beverly Carson Dakota Montana Cheyenne Sierra Verona
    Santiago Valencia Cordoba Lourdes Bristol Boston Asia Ireland Holland Cuba Odessa Sofia Lima Malta Troy Sparta
    Ashton Clifton Weston Burton Sutton Norton Dayton Compton Easton Melbourne Hudson Murray Lyndon
""".split()  # noqa: SIM905
"""Names that people and places share."""

_BEGINNINGS = "B Br C Ch D Dr F Fl G Gr H J K Kr L M N P Pr R S Sh St T Th Tr V W Wh Y Z".split()  # noqa: SIM905
_MIDDLES = "a ai al an ar e ea el en er i il in ir o ol on oo or u ul un ur y".split()  # noqa: SIM905
_JOINTS = "b d dr f g k l ll m n nd nn p r rr s ss st t th v w z".split()  # noqa: SIM905
_ENDINGS = """
    a ia o e er on ton elt ville field ford burg am ham ay ey in ine as us is el ella en and ard ert ow son ward wood
""".split()  # noqa: SIM905


def _invented(count: int) -> list[str]:
    """Return names put together from syllables, so that networks do not learn all names there are by heart."""
    draw = np.random.default_rng(0)
    parts = (_BEGINNINGS, _MIDDLES, _JOINTS, _ENDINGS)
    found: dict[str, None] = {}
    while len(found) < count:
        name = "".join(some[int(draw.integers(len(some)))] for some in parts)
        if name not in HELD_OUT_NAMES and not re.search(r"(.)\1\1", name):
            found[name] = None
    return list(found)


ALL_NAMES = (*NAMES, *_invented(400))
"""The names that networks are trained on: real ones and invented ones, each as often a person as a place."""

MONTHS = ("April", "May", "June", "August")
"""Names that people and months share."""
FIRST_NAMES = """
    Emma Oliver Hannah Jacob Maria Ahmed Yuki Lukas Sarah Peter Anna David Laura Thomas Fatima Ivan Chloe Marco Julia
    Daniel Aisha Simon Nina Rahul
""".split()  # noqa: SIM905
CITIES = """
    Tokyo Munich Chicago Madrid Cairo Oslo Toronto Lisbon Warsaw Nairobi Seattle Prague Dublin Mumbai Shanghai Zurich
    Glasgow Naples Helsinki Athens Moscow Brussels Detroit Lyon
""".split()  # noqa: SIM905
SURNAMES = """
    Smith Miller Brown Taylor Johnson Walker Becker Rossi Novak Garcia Schmidt Evans Cooper Morris Hughes Baker
""".split()  # noqa: SIM905

OPENINGS = (
    *("", "", "", "Yesterday", "Today", "I think", "I think that", "We heard that", "Everybody knows that"),
    *("They say that", "My sister says that", "It is true that", "This morning", "In the evening", "Last year"),
    *("Most people think that", "As far as I know ,", "Do you know whether", "In my view", "Suddenly", "Of course"),
    *(
        "{t} {m} said that",
        "{t} {m} wrote that",
        "President {n} said that",
        "{m} told us that",
        "People in {c} say that",
    ),
)
"""What can stand before; `{m}` is a first name, `{c}` a city and `{t}` a title, which are tagged too."""
ASIDES = (
    *[""] * 8,
    ", as everybody knows ,",
    ", after all ,",
    ", I am told ,",
    ", of course ,",
    "still",
    "also",
    "really",
)
"""What can stand between the name and what decides."""

PERSONS = (
    *("signed the law", "signed the letter", "said no", "said nothing", "said so", "won the election", "smiled at us"),
    *("wrote a letter", "wrote two books", "wrote to me", "was tired", "was late again", "was born in winter"),
    *("was sick", "was happy about it", "was elected", "married young", "married his cousin", "married her teacher"),
    *("is a good friend", "is a teacher", "is my brother", "is an actor", "is an old man", "is angry with me"),
    *("has two children", "has a new job", "has blue eyes", "has a cold", "has read the book", "has left the room"),
    *("likes to sing", "likes chocolate", "loves his dog", "loves her work", "lives next door", "lives with us"),
    *("went home early", "went to bed", "came home late", "came to dinner", "called me", "called his mother"),
    *("thinks so too", "thinks about it", "told us a story", "told me everything", "plays the piano", "plays chess"),
    *("drank coffee", "ate the cake", "laughed", "cried", "slept well", "asked a question", "answered at once"),
    *("bought a car", "sold his house", "lost her keys", "broke an arm", "ran for president", "died in spring"),
    *("will sing tonight", "will call you", "wants to leave", "wants more money", "does not know", "did not answer"),
    *("speaks French", "spoke for an hour", "knows the answer", "knows me", "walked away", "waited for us"),
    *("'s mother is sick", "'s wife left", "'s brother called", "'s hair is grey", "gave a speech", "made a mistake"),
    *("*{s} signed the law", "*{s} was late", "*{s} called me", "*{s} is a teacher", "*{s} wrote a letter"),
    *("*{s} lives here", "*{s} is here", "*{s} met {m} in {c}", "*{s} smiled", "*{s} spoke to {m}", "*{s} was here"),
    *("flew to {c}", "lives in {c}", "moved to {c}", "met {m} in {c}", "comes from {c}", "works in {c}", "called {m}"),
    *("drove to {c}", "went to {c}", "visited {m}", "met {m} {s}", "is a friend of {m}", "was born in {c}"),
)
"""What follows a person."""
PLACES = (
    *(
        "*Street is closed",
        "*Street was closed",
        "*Street is empty",
        "*Street is full of cars",
        "*Street has new trees",
    ),
    *("*Street was flooded", "*Avenue is closed", "*Avenue is long", "*Road is closed", "*Road was icy"),
    *("*Park is beautiful", "*Park was empty", "*Park is open", "*Bridge was built in spring", "*Bridge is old"),
    *("*Airport is closed", "*Airport was busy", "*Station is near", "*Station was crowded", "*Lake is deep"),
    *("*County is large", "*Beach is full of people", "*Beach was closed", "*Hill is steep", "*Street is here"),
    *("is a small town", "is a big city", "is a city in the north", "is a country", "is the capital", "is a village"),
    *("is far away", "is far from here", "is near the border", "is near the sea", "is two hours away", "is crowded"),
    *("has two bridges", "has a cathedral", "has an old church", "has many tourists", "has good schools"),
    *("has a new mayor", "has no airport", "has a long coast", "has 40,000 inhabitants", "has a metro"),
    *("lies by the river", "lies in the south", "lies on the coast", "was flooded in spring", "was founded in 1820"),
    *("was built on a hill", "was bombed in the war", "was destroyed by fire", "was occupied", "grew into a city"),
    *("is near {c}", "is larger than {c}", "is colder than {c}", "lies between {c} and the sea", "is not {c}"),
    *("is where {m} lives", "was visited by {m}", "is an hour from {c}", "is south of {c}"),
    *("attracts many tourists", "is cold in winter", "is hot in summer", "is known for its beaches", "borders the sea"),
    *("exports oil", "joined the union", "is full of tourists", "is worth a visit", "is the largest city here"),
    *("'s population is growing", "'s streets are narrow", "'s harbour is old", "'s old town is lovely"),
    *(
        "'s airport is closed",
        "'s suburbs are ugly",
        "was covered in snow",
        "is north of here",
        "is easy to reach by train",
    ),
)
"""What follows a place."""
OF_MONTHS = (
    *("is a warm month", "is the best month", "was cold and wet", "was dry this year", "begins on a Sunday"),
    *(
        "is over",
        "is almost over",
        "has thirty days",
        "comes before summer",
        "is when we leave",
        "was the hottest month",
    ),
    *("is not far away", "has been rainy", "ends on a Friday", "brings flowers", "is too late for it"),
)
"""What follows a month."""

HELD_OUT_PERSONS = (
    *("apologised to everybody", "forgot the keys", "was angry", "shook his head", "is a doctor", "is my neighbour"),
    *(
        "has a headache",
        "cooked dinner",
        "speaks two languages",
        "was asleep",
        "'s father called",
        "*{s} laughed at us",
    ),
)
HELD_OUT_PLACES = (
    *("*Square is empty", "*Harbour is closed", "has a large harbour", "is a port", "is an island", "has three parks"),
    *(
        "lies in a valley",
        "was rebuilt after the war",
        "'s roads are bad",
        "is crossed by a river",
        "has steep streets",
    ),
    *("*Boulevard was closed",),
)
"""What no network is trained on, a person and a place in turn."""

BEFORE_PERSONS = (
    *("Mr", "Mrs", "Doctor", "President", "Aunt", "Uncle", "Professor", "Captain", "my friend", "our teacher"),
    *("I talked to", "she married", "we had dinner with", "he wrote a letter to", "I got a call from", "he is called"),
    *("we laughed with", "a boy named", "her son", "my brother", "the actor", "they danced with", "ask"),
)
BEFORE_PLACES = (
    *("in", "we flew to", "they live in", "the train to", "I was born in", "the streets of", "on the way to"),
    *("she moved to", "the mayor of", "a hotel in", "the road to", "we drove through", "he comes from", "the city of"),
    *("all over", "the weather in", "a museum in", "somewhere near", "north of", "the map of", "in downtown"),
)
"""What comes before a person, and before a place."""
HELD_OUT_BEFORE_PERSONS = ("Senator", "my cousin", "the singer", "I had lunch with", "a girl called", "my uncle")
HELD_OUT_BEFORE_PLACES = (
    "the suburbs of",
    "a flat in",
    "the bus to",
    "she was born in",
    "they arrived in",
    "a street in",
)
ENDS = ("", ".", "last year", "yesterday", "again", "in May", "on Monday", "and stayed .", "two years ago", "first")
"""What follows where what comes before decides."""
STREETS = ("Street", "Avenue", "Road", "Park", "Bridge", "Airport", "Station", "Lake", "County", "Beach", "Hill")
TITLES = ("Mr", "Mrs", "Doctor", "President", "Professor", "Captain", "Aunt", "Uncle")


_PLAIN_SURNAMES = 0.4  # share of the surnames that are only surnames


@dataclass(frozen=True)
class AmbiguousPair:
    """Two sentences with one name, which means a person in one and a place (or a month) in the other.

    Attributes:
        person: the sentence with the person.
        place: the other one.
        at: where the name stands, in the person's and in the other sentence.
        name: that name.
    """

    person: Tagged
    place: Tagged
    at: tuple[int, int]
    name: str


@dataclass(frozen=True)
class Patterns:
    """What sentences are made of."""

    names: Sequence[str]
    persons: Sequence[str]
    places: Sequence[str]


def patterns(decides: Decides, *, names_held_out: bool = False, patterns_held_out: bool = False) -> Patterns:
    """Return names and patterns, those that are trained on or those that are kept back."""
    names = HELD_OUT_NAMES if names_held_out else ALL_NAMES
    if decides == "follows":
        return Patterns(names, *((HELD_OUT_PERSONS, HELD_OUT_PLACES) if patterns_held_out else (PERSONS, PLACES)))
    held_out = (HELD_OUT_BEFORE_PERSONS, HELD_OUT_BEFORE_PLACES)
    return Patterns(names, *(held_out if patterns_held_out else (BEFORE_PERSONS, BEFORE_PLACES)))


def ambiguous_pairs(decides: Decides, made_of: Patterns, count: int, seed: int) -> tuple[AmbiguousPair, ...]:
    """Return pairs drawn at random, no pair twice.

    Args:
        decides: what tells a person from a place, what comes before the name or what follows it.
        made_of: names and patterns.
        count: of pairs.
        seed: of the choice.
    """
    draw = np.random.default_rng(seed)
    pairs: dict[tuple[tuple[Token, ...], ...], AmbiguousPair] = {}
    for _ in range(50 * count):
        if len(pairs) == count:
            break
        one = _follow_pair(draw, made_of) if decides == "follows" else _before_pair(draw, made_of)
        pairs.setdefault((one.person.tokens, one.place.tokens), one)
    return tuple(pairs.values())


def _follow_pair(draw: np.random.Generator, made_of: Patterns) -> AmbiguousPair:
    name = _one(draw, made_of.names)
    opening, aside, end = _filled(draw, _one(draw, OPENINGS), name), _one(draw, ASIDES), _one(draw, ("", ".", "!"))
    return _pair(draw, name, (opening, opening), made_of, (aside, end))


def _pair(
    draw: np.random.Generator, name: str, openings: tuple[str, str], made_of: Patterns, around: tuple[str, str]
) -> AmbiguousPair:
    """Return a pair of one name; a surname or a street follows it at once, everything else after an aside."""
    aside, end = around
    sentences, places = [], []
    for opening, endings, tag in zip(openings, (made_of.persons, made_of.places), (PERSON, PLACE), strict=True):
        ending = _one(draw, [one for one in endings if not aside or one[0] not in "*'"])
        sentences.append(_tagged(f"{opening} =n={name} {aside} {_filled(draw, ending, name)} {end}", tag))
        places.append(_place_of(sentences[-1], opening))
    return AmbiguousPair(sentences[0], sentences[1], (places[0], places[1]), name)


def _before_pair(draw: np.random.Generator, made_of: Patterns) -> AmbiguousPair:
    name, end = _one(draw, made_of.names), _one(draw, ENDS)
    sentences, places = [], []
    for beginnings, tag in ((made_of.persons, PERSON), (made_of.places, PLACE)):
        before = _one(draw, beginnings)
        before = before[0].upper() + before[1:]
        sentences.append(_tagged(f"{before} =n={name} {end}", tag))
        places.append(_place_of(sentences[-1], before))
    return AmbiguousPair(sentences[0], sentences[1], (places[0], places[1]), name)


def month_pairs(count: int, seed: int) -> tuple[AmbiguousPair, ...]:
    """Return pairs that only what follows decides, with a name that means a person or a month."""
    draw = np.random.default_rng(seed)
    pairs = []
    for pair in ambiguous_pairs("follows", Patterns(MONTHS, PERSONS, OF_MONTHS), count, int(draw.integers(2**31))):
        spans = tuple(span for span in pair.place.spans if span.first != pair.at[1])
        pairs.append(AmbiguousPair(pair.person, Tagged(pair.place.tokens, spans), pair.at, pair.name))
    return tuple(pairs)


def broken_off(pairs: Sequence[AmbiguousPair], seed: int) -> tuple[AmbiguousPair, ...]:
    """Return pairs whose sentences end too early: up to so many words after the name, in both as many."""
    draw = np.random.default_rng(seed)
    broken = []
    for pair in pairs:
        left = min(len(one.tokens) - at for one, at in zip((pair.person, pair.place), pair.at, strict=True))
        more = int(draw.integers(1, left)) if left > 1 else 1  # words that stay, the name among them
        stay = [at + more for at in pair.at]
        broken.append(AmbiguousPair(_cut(pair.person, stay[0]), _cut(pair.place, stay[1]), pair.at, pair.name))
    return tuple(broken)


def _cut(sentence: Tagged, stop: int) -> Tagged:
    """Return the first words of a sentence; of a name that is cut, the part that is there."""
    tags = sentence.tags[:stop]
    return Tagged(sentence.tokens[:stop], runs_of(tags))


def plain_sentences(count: int, seed: int) -> tuple[Tagged, ...]:
    """Return sentences that leave no doubt: with first names and cities, and with titles and streets."""
    draw = np.random.default_rng(seed)
    sentences: list[Tagged] = []
    while len(sentences) < count:
        name, city = Patterns(FIRST_NAMES, PERSONS, PERSONS), Patterns(CITIES, PLACES, PLACES)
        sentences += [_follow_pair(draw, name).person, _follow_pair(draw, city).place]
        name, city = (
            Patterns(FIRST_NAMES, BEFORE_PERSONS, BEFORE_PERSONS),
            Patterns(CITIES, BEFORE_PLACES, BEFORE_PLACES),
        )
        sentences += [_before_pair(draw, name).person, _before_pair(draw, city).place]
        titled = f"{_one(draw, TITLES)} =n={_one(draw, ALL_NAMES)} {_filled(draw, _one(draw, PERSONS), '')}"
        before = _one(draw, BEFORE_PLACES)
        street = f"{before[0].upper()}{before[1:]} =n={_one(draw, ALL_NAMES)} *{_one(draw, STREETS)} {_one(draw, ENDS)}"
        sentences += [_tagged(titled, PERSON), _tagged(street, PLACE)]
    return tuple(sentences[:count])


def made_by_rule(follows: int, before: int, plain: int, seed: int) -> tuple[Tagged, ...]:
    """Return sentences for training: pairs of both kinds, months, and plain ones; a few in small letters or capitals.

    Args:
        follows: pairs that what follows decides; a tenth as many come with months, and half as many break off
            somewhere after the name, so that a reader knows what to think of half a sentence.
        before: pairs that what comes before decides.
        plain: sentences whose names are not ambiguous.
        seed: of all choices.
    """
    pairs = [
        *ambiguous_pairs("follows", patterns("follows"), follows, seed),
        *ambiguous_pairs("before", patterns("before"), before, seed),
        *month_pairs(follows // 10, seed),
        *broken_off(ambiguous_pairs("follows", patterns("follows"), follows // 2, seed + 1), seed),
    ]
    draw = np.random.default_rng(seed)
    made = []
    for group in [*((pair.person, pair.place) for pair in pairs), *((one,) for one in plain_sentences(plain, seed))]:
        written = draw.choice(["as it is", "small", "CAPITALS"], p=[0.8, 0.15, 0.05])  # both of a pair alike
        made += [_rewritten(sentence, str(written)) for sentence in group]
    return tuple(made)


def _rewritten(sentence: Tagged, written: str) -> Tagged:
    if written == "as it is":
        return sentence
    texts = [token.text.lower() if written == "small" else token.text.upper() for token in sentence.tokens]
    tokens = tuple(Token(text, token.word) for text, token in zip(texts, sentence.tokens, strict=True))
    return Tagged(tokens, sentence.spans)


def _one(draw: np.random.Generator, choices: Sequence[str]) -> str:
    return choices[int(draw.integers(len(choices)))]


def _filled(draw: np.random.Generator, part: str, name: str) -> str:
    """Return a part of a pattern with titles and names in it, these marked by what they are."""
    person, city = _one(draw, FIRST_NAMES), _one(draw, CITIES)
    surname = _one(draw, SURNAMES if draw.random() < _PLAIN_SURNAMES else ALL_NAMES)
    part = part.replace("*{s}", f"*{surname}").replace("{s}", f"=p={surname}")
    filled = part.replace("{t}", _one(draw, TITLES)).replace("{m}", f"=p={person}")
    return filled.replace("{c}", f"=l={city}").replace("{n}", f"=p={name}")


def _place_of(sentence: Tagged, opening: str) -> int:
    """Return where the name stands: after the words of the opening."""
    at = len(opening.split())
    assert any(span.first == at for span in sentence.spans)
    return at


def _tagged(pattern: str, tag: int) -> Tagged:
    """Return a pattern as words and names; the first word gets a capital."""
    tokens, tags = [], []
    for place, part in enumerate(pattern.split()):
        word, kind = part, OTHER
        if part.startswith("*"):
            word, kind = part[1:], tag
        elif part[:1] == "=" and part[2:3] == "=":
            word, kind = part[3:], {"n": tag, "p": PERSON, "l": PLACE}[part[1]]
        word = word[0].upper() + word[1:] if not place else word
        (token,) = read_text(word).tokens
        tokens.append(token)
        tags.append(kind)
    return Tagged(tuple(tokens), runs_of(tags))
