"""How a text is cut into words: by hand, against the treebank, and with whatever somebody may type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.corpora import is_here, treebank
from core.data.text.punctuation import APOSTROPHES
from core.data.text.tokens import MOST_CHARACTERS, MOST_WORDS, clean, read_text, read_treebank, split_clitic

ANY_TEXT = st.text(st.characters(codec=None), max_size=120) | st.text(
    st.sampled_from(
        "aİßZ19 .-'\u2019\u02bc\u2014\u2026\u0301\u200c\u200d\u202e\ud83d\u20e3\ufe0f\u3000\U0001f44d\0\n*#"
    ),
    max_size=40,
)

WORDS = [
    ("I don't think it's good.", "I do n't think it 's good ."),
    ("DON'T we'll they've I'd I'm you're", "DO N'T we 'll they 've I 'd I 'm you 're"),
    ("can't cannot ain't", "ca n't can not ai n't"),
    ("dogs' bones, O'Brien's rock'n'roll", "dogs ' bones , O'Brien 's rock'n'roll"),
    ("it 's n't 'll", "it 's n't 'll"),
    ("'s a film's 'start", "'s a film 's ' start"),
    ("It\u2019s \u201cfine\u201d", "It \u2019s \u201c fine \u201d"),
    ("3.5 stars, 1,000 people in the 1930s at 10:30", "3.5 stars , 1,000 people in the 1930s at 10:30"),
    ("1930's 85-minute 20-year-old 3d-printed 5.", "1930 's 85-minute 20-year-old 3d-printed 5 ."),
    ("a cutting-room, well-made - or not", "a cutting-room , well-made - or not"),
    ("no--yes no\u2014yes 1\u20132 -", "no -- yes no \u2014 yes 1 \u2013 2 -"),
    ("wait... what\u2026 .. !?", "wait ... what \u2026 .. ! ?"),
    ("\U0001f469\u200d\U0001f680good\U0001f44d\U0001f3fd", "\U0001f469\u200d\U0001f680 good \U0001f44d\U0001f3fd"),
    ("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7 \u263a\ufe0f 1\ufe0f\u20e3#\ufe0f\u20e3",
     "\U0001f1e9\U0001f1ea \U0001f1eb\U0001f1f7 \u263a\ufe0f 1\ufe0f\u20e3 #\ufe0f\u20e3"),
    ("cafe\u0301 caf\u00e9s a\u0323\u0307", "caf\u00e9 caf\u00e9s \u1ea1\u0307"),
    ("a \u0301b", "a \u0301b"),
    ("\u0633\u0644\u0627\u0645 \u062f\u0646\u06cc\u0627!", "\u0633\u0644\u0627\u0645 \u062f\u0646\u06cc\u0627 !"),
    ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ("\u202egood\u202c \u2066bad\u2069 \u200bso\ufeff\u00ad \u200d \u200c", "good bad so"),
    ("a\0b \x1b[31m\x7f", "ab [ 31m"),
    ("\ud800x\udfff \ud83d", "x"),
    ("a\u00a0b\u3000c\r\n\td\u2028e", "a b c d e"),
    ("<script>alert(1)</script>", "< script > alert ( 1 ) < / script >"),
    ("**so** _it_ `c` [a](b)", "* * so * * _ it _ ` c ` [ a ] ( b )"),
    ("$$x^2$$", "$ $ x ^ 2 $ $"),
    (":red[not]", ": red [ not ]"),
    (" \t\n", ""),
    ("", ""),
]  # fmt: skip
"""What is typed, and its words with blanks between them."""


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_by_hand(text: str, words: str) -> None:
    assert [token.text for token in read_text(text).tokens] == words.split()


def test_words_are_looked_up_in_small_letters_with_straight_quotes() -> None:
    assert read_text("It\u2019s \u201cFINE\u201d \u2013 no\u2014\u2018yes\u2026 DON\u02bcT").words == (
        ("it", "'s", '"', "fine", '"', "--", "no", "--", "'", "yes", "...", "do", "n't")
    )
    assert read_text("\u0130s STRASSE \u039f\u0394\u039f\u03a3").words == (
        "i\u0307s",
        "strasse",
        "\u03bf\u03b4\u03bf\u03c2",
    )


def test_letters_of_a_pdf_or_of_full_width_are_those_of_a_keyboard() -> None:
    sentence = read_text("A \ufb01lm, \uff47\uff4f\uff4f\uff44 or \U0001d41b\U0001d41a\U0001d41d")
    assert sentence.words == ("a", "film", ",", "good", "or", "bad")
    assert sentence.tokens[1].text == "\ufb01lm"


def test_clitics() -> None:
    assert split_clitic("don\u2019t") == ("do", "n\u2019t")
    assert split_clitic("N'T") == ("N'T",)
    assert split_clitic("it's") == ("it", "'s")
    assert split_clitic("its") == ("its",)
    assert split_clitic("\u0130'm") == ("\u0130'm",)  # whose small letters are longer than itself


def test_what_is_shown_has_single_blanks_and_nothing_invisible() -> None:
    assert clean("  a\t\u202e b\u200b\n\n c\u0301 ") == "a b \u0107"
    assert clean("\ue000\U000f0000\U0010ffff\u0378") == ""


@pytest.mark.parametrize("more", [0, 1, 500])
def test_what_comes_after_the_last_word_is_cut(more: int) -> None:
    read = read_text("so " * (MOST_WORDS + more))
    assert len(read.tokens) == MOST_WORDS
    assert read.cut == (more > 0)
    assert [token.text for token in read_text("one two three", most_words=2).tokens] == ["one", "two"]


def test_a_clitic_does_not_slip_past_the_cut() -> None:
    read = read_text("so " * (MOST_WORDS - 1) + "isn't")
    assert (read.words[-1], len(read.tokens), read.cut) == ("is", MOST_WORDS, True)


@pytest.mark.parametrize("more", [0, 1, 10_000_000])
def test_what_comes_after_the_last_character_is_cut(more: int) -> None:
    read = read_text("a" * (MOST_CHARACTERS + more))
    assert (len(read.text), len(read.tokens), read.cut) == (MOST_CHARACTERS, 1, more > 0)


def test_the_treebanks_spelling() -> None:
    assert read_treebank("The -LRB- film -RRB- `` is '' n't \\/ \\* -lsb- a -rsb- 's\n") == (
        ("the", "(", "film", ")", '"', "is", '"', "n't", "/", "*", "[", "a", "]", "'s")
    )


def test_the_treebanks_sentences_are_read_as_the_treebank_does() -> None:
    """The rest has abbreviations (``mr.``) and signs that the treebank escapes within a word."""
    if not is_here():
        pytest.skip("SST-2 is not here")
    sentences = treebank("test").sentences
    same = sum(read_text(" ".join(words)).words == words for words in sentences)
    assert same / len(sentences) > 0.96


@given(ANY_TEXT)
def test_whatever_is_typed_becomes_words_of_what_is_shown(text: str) -> None:
    read = read_text(text)
    assert len(read.tokens) <= MOST_WORDS
    read.text.encode()
    place = 0
    for token in read.tokens:
        assert token.text and token.word
        assert not any(char.isspace() for char in token.text + token.word)
        token.word.encode()
        place = read.text.index(token.text, place) + len(token.text)
    again = read_text(read.text)
    assert (again.text, again.tokens) == (read.text, read.tokens)


@given(st.text(st.characters(codec=None), max_size=300), st.integers(0, 20))
def test_fewer_words_are_the_first_of_more(text: str, most: int) -> None:
    few, all_of_them = read_text(text, most), read_text(text)
    assert few.tokens == all_of_them.tokens[:most]
    assert few.cut == (len(all_of_them.tokens) > most)


@given(ANY_TEXT)
def test_only_blanks_and_joiners_are_lost(text: str) -> None:
    def kept(chars: str) -> str:
        return "".join(char for char in chars if char not in " \u200c\u200d")

    read = read_text(text)
    if not read.cut:
        assert kept("".join(token.text for token in read.tokens)) == kept(read.text)


def is_one(word: str) -> bool:
    """Whether a word is not one of those that are read as two, as "cannot" and "dont" are, nor the end of one."""
    return split_clitic(word) == (word,) and word != "nt"


def test_the_end_of_a_negation_that_stands_alone_is_one() -> None:
    assert read_text("nt").words == ("n't",)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter(is_one), max_size=12))
def test_plain_words_are_themselves(words: list[str]) -> None:
    assert read_text(" ".join(words)).words == tuple(words)


@pytest.mark.parametrize("apostrophe", ["'", *APOSTROPHES])
def test_whatever_stands_for_an_apostrophe_is_one(apostrophe: str) -> None:
    assert (
        read_text(f"It wasn{apostrophe}t bad, it{apostrophe}s good.").words
        == read_text("It wasn't bad, it's good.").words
    )


@pytest.mark.parametrize("text", ["isnt", "dont", "cant", "Wasnt", "WONT", "didnt", "arent", "mightnt", "shant"])
def test_a_negation_without_its_apostrophe_is_one(text: str) -> None:
    words = read_text(f"this film {text} good").words
    assert words[3] == "n't"
    assert read_text(f"this film {text[:-1]}'{text[-1]} good").words == words


def test_cannot_is_two_words_as_the_networks_learnt_it() -> None:
    assert [token.text for token in read_text("I CANNOT wait").tokens] == ["I", "CAN", "NOT", "wait"]
    assert read_text("cannot").words == read_text("can not").words
    assert read_text("cannots").words == ("cannots",)


@pytest.mark.parametrize("text", ["want", "giant", "ant", "plant", "nt", "different"])
def test_a_word_that_ends_like_a_negation_is_none(text: str) -> None:
    assert len(read_text(text).words) == 1
