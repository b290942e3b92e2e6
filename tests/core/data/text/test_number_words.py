"""Numbers in words: spelt by num2words, cut into pieces and put together again, and understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from core.data.text.no_number import NoNumber
from core.data.text.number_input import MOST_PIECES, read_number_text
from core.data.text.number_words import (
    LANGUAGES,
    LARGEST,
    Language,
    UnknownWord,
    cut,
    cut_bare,
    spell,
    spell_otherwise,
    value_of,
    write,
)

numbers = st.integers(0, LARGEST) | st.integers(0, 9999) | st.integers(1, 999).map(lambda number: number * 1000)
languages = st.sampled_from(list(LANGUAGES))


@settings(max_examples=150)
@given(numbers, languages)
def test_a_number_is_cut_put_together_and_understood(number: int, language: Language) -> None:
    text = spell(number, language)
    assert write(cut(text, language)) == text
    for written in (text, spell_otherwise(number, language), text.upper(), text.replace("-", " ").replace(",", "")):
        pieces = cut_bare(written, language)
        assert value_of(pieces, language) == number and len(pieces) <= MOST_PIECES // 2


@settings(max_examples=60)
@given(numbers, st.sampled_from(["en", "fr", "de"]))
def test_a_number_is_spelt_as_num2words_does(number: int, language: Language) -> None:
    assert spell(number, language) == num2words(number, lang=language)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (21_000, "veintiún mil"),
        (31_001, "treinta y un mil uno"),
        (101_000_000, "ciento un millones"),
        (21, "veintiuno"),
    ],
)
def test_spanish_shortens_one_before_thousands_and_millions(number: int, text: str) -> None:
    assert spell(number, "es") == text


@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        ("siebenundneunzigtausendzweihundert", "de", "sieben und neunzig tausend zwei hundert"),
        ("FUENFHUNDERT zwolf", "de", "fünf hundert zwölf"),
        ("dreissig", "de", "dreißig"),
        ("hunderteins", "de", "hundert eins"),
        ("quatre vingt dix-sept", "fr", "quatre vingt dix sept"),
        ("zero", "fr", "zéro"),
        ("dieciseis", "es", "dieciséis"),
        ("doscientas una", "es", "doscientos uno"),
        ("a hundred,five", "en", "one hundred five"),
    ],
)
def test_what_people_type_is_cut(text: str, language: Language, pieces: str) -> None:
    assert " ".join(cut_bare(text, language)) == pieces


@pytest.mark.parametrize("text", ["seven seven", "hundred twenty hundred", "twenty hundred", "and", "twenty thirteen"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert value_of(cut_bare(text, "en"), "en") is None


def test_only_german_writes_words_together() -> None:
    assert cut_bare("zweihundert", "de") == ("zwei", "hundert")
    with pytest.raises(UnknownWord, match="“twohundred” is not a number word in English"):
        cut("twohundred", "en")


@pytest.mark.parametrize(("text", "number"), [("97200", 97200), ("97,200", 97200), ("1 234 567", 1234567), ("007", 7),
                                              ("1.000", 1000), ("٣", 3), ("0", 0), ("999999999", LARGEST)])  # fmt: skip
def test_digits_are_spelt(text: str, number: int) -> None:
    read = read_number_text(text, "fr")
    assert (read.number, read.text, read.spelt) == (number, spell(number, "fr"), True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no number in this text"),
        (" ,-- ", "no number in this text"),
        ("97 thousand", "Digits and words are mixed"),
        ("-5", "Negative numbers"),
        ("3.5", "not a whole number in digits"),
        ("1,23,456", "not a whole number in digits"),
        ("1000000000", "from 0 to 999,999,999"),
        ("9" * 300, "from 0 to 999,999,999"),
        ("quatre-vingt-dix", "All of this is French"),
        ("sevn", "Did you mean “seven”"),
        ("xyzzy", "“xyzzy” is not a number word in English."),
        ("семь", "Latin letters"),
        ("七", "Latin letters"),
        ("one " * 41, "41 pieces"),
        ("<b>one</b>", "is not a number word"),
        ("x" * 10_000, "x…” is not a number word"),
        ("½", "not a number word"),
        ("minus five", "Negative numbers"),
        ("\N{EN DASH}5", "Negative numbers"),
        ("two point five", "“point” means a fraction"),
        ("three quarters", "“quarters” means a fraction"),
        ("one billion", "too large. Numbers go from 0 to 999,999,999"),
        ("five {dollars}", "“{dollars}” is not a number word in English.$"),
        ("one dozen", "“dozen” is not a number word in English.$"),
        ("a" * 300, "a…” is not a number word in English.$"),
    ],
)
def test_what_no_network_is_given_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NoNumber, match=sentence) as found:
        read_number_text(text, "en")
    assert len(str(found.value)) < 160


@pytest.mark.parametrize(
    ("text", "language", "instead"),
    [
        ("twenty-first", "en", "twenty-one"),
        ("dix-septième", "fr", "dix-sept"),
        ("einundzwanzigste", "de", "einundzwanzig"),
        ("primero", "es", "uno"),
        ("fiftyfive thousand", "en", "fifty five thousand"),
        ("sevn", "en", "seven"),
        ("dreisig", "de", "dreißig"),
    ],
)
def test_what_may_be_meant_is_offered_and_can_be_read(text: str, language: Language, instead: str) -> None:
    with pytest.raises(NoNumber) as found:
        read_number_text(text, language)
    assert found.value.instead == instead
    assert read_number_text(instead, language).number is not None


@pytest.mark.parametrize(
    "text",
    [
        "Seventy-two.",
        "seventy\N{EN DASH}two!",
        "“seventy-two”",
        "seventy\N{NON-BREAKING HYPHEN}two?",
        "seventy\u200b two",
        "seventy, two",
        "72.",
        "+72",
    ],
)
def test_what_people_put_around_a_number_is_passed_over(text: str) -> None:
    assert read_number_text(text, "en").number == 72


@settings(max_examples=200)
@given(st.text(max_size=400), languages)
def test_any_text_is_read_or_refused(text: str, language: Language) -> None:
    try:
        assert read_number_text(text, language).pieces
    except NoNumber as problem:
        assert str(problem).endswith((".", "?"))


def test_french_of_belgium_and_switzerland_is_understood() -> None:
    for text in ("nonante-trois mille quatre-vingt-deux", "nonante-trois mille huitante-deux"):
        assert value_of(cut_bare(text, "fr"), "fr") == 93_082


@pytest.mark.parametrize(("text", "number"), [("hundred", 100), ("a thousand five", 1005)])
def test_a_first_one_may_be_missing(text: str, number: int) -> None:
    assert value_of(cut_bare(text, "en"), "en") == number


def test_a_number_in_letters_of_full_width_is_read() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "seven")
    assert read_number_text(wide, "en").number == 7
