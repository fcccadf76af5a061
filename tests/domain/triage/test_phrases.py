"""The pattern language of phrases: each mark means what ``phrases.py`` says, and a slip in a phrase is named."""

import pytest

from coach.domain.triage.phrases import Language, Lexicon, Mention

GAP = 2


def language() -> Language:
    """Return a language of a few spellings and one group, with a full stop and "but" that no gap runs over."""
    spellings = {"dont": "do not", "ひざ": "膝", "calfs": "calf"}
    return Language(spellings, {"leg": "calf|lower leg|膝"}, ". but")


def places(phrase: str, text: str) -> list[tuple[int, int]]:
    """Return from which token to which a phrase stands in a text."""
    lexicon = Lexicon(language(), [("x", phrase, GAP)])
    return [(mention.start, mention.end) for mention in lexicon.find(language().tokens(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("red", "a red knee", [(1, 2)]),
        ("red", "reddish", []),
        ("red knee", "red, red knee", [(2, 4)]),
        ("red | hot", "hot and red", [(0, 1), (2, 3)]),
        ("{red,very red} knee", "very red knee", [(0, 3), (1, 3)]),
        ("{red,warm} knee", "a warm knee", [(1, 3)]),
        ("red {very,} hot", "red hot", [(0, 2)]),
        ("red {very,} hot", "red very hot", [(0, 3)]),
        ("swell*", "swelling swell well", [(0, 1), (1, 2)]),
        ("red swell*", "red swelling", [(0, 2)]),
        ("so*", "s so sos", [(1, 2), (2, 3)]),
        ("*", "a * b", [(1, 2)]),
        ("#", "a # 5", [(1, 2)]),
        ("#38-42 degrees", "38 degrees, 42 degrees, 40.5 degrees", [(0, 2), (3, 5), (6, 8)]),
        ("#38-42 degrees", "37.9 degrees, 42.1 degrees, cold degrees", []),
        ("<leg> hurts", "lower leg hurts", [(0, 3)]),
        ("{my <leg>,knee} hurts", "my calf hurts", [(0, 3)]),
        ("<leg> hurts", "knee hurts", []),
        ("red..hot", "red hot", [(0, 2)]),
        ("red..hot", "red and very hot", [(0, 4)]),
        ("red..hot", "red and very very hot", []),
        ("red..hot", "red but hot", []),
        ("red..hot", "red and. hot", []),
        ("red..but", "red but", [(0, 2)]),
        ("red..but", "red and but", [(0, 3)]),
        ("red..{very hot,hot}", "red and very hot", [(0, 4)]),
        ("膝..痛", "膝がとても痛い", []),
        ("膝..痛", "ひざが今痛い", [(0, 4)]),
    ],
)
def test_a_phrase_stands_where_its_marks_say(phrase: str, text: str, found: list[tuple[int, int]]) -> None:
    """Either of ``{a,b}``, at most so many tokens for ``..``, any ending for ``*``, a group, and a range of numbers."""
    assert places(phrase, text) == found


@pytest.mark.parametrize(
    "phrase", ["red {hot", "red} hot", "red..", "{red,} hot", "<arm> hurts", "{my <arm>,knee}", "red < hot"]
)
def test_a_slip_in_a_phrase_is_named(phrase: str) -> None:
    """A phrase that would never be found, or be found everywhere, is refused when the program starts."""
    with pytest.raises(ValueError) as raised:
        Lexicon(language(), [("x", f"cold|{phrase}", GAP)])
    assert str(raised.value).strip("{}") in phrase


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I don't", "i do not"),
        ("I dont", "i do not"),
        ("it's sore, who's there", "it is sore , who is there"),
        ("my leg's sore", "my leg 's sore"),
        ("I'd been; I'd go; I've; I'll; we're; I'm", "i had been ; i would go ; i have ; i wil ; we are ; i am"),
        ("swollen, swolen", "swolen , swolen"),
        ("feel fell sooo", "feel fel so"),
        ("lower-leg 37.5 42", "lower leg 37.5 42"),
        ("-3", "- 3"),
        ("CALFS", "calf"),
        ("ヒザ", "膝"),
        ("ながーい", "な が い"),
        ("“fine” ‘fine’ —", "“ fine ” fine -"),
        ("café naïve", "café naïve"),
        ("痛ぃ", "痛 い"),
    ],
)
def test_a_text_is_folded_into_one_writing(text: str, tokens: str) -> None:
    """Capitals, shortened words, doubled letters, kana and signs: what sounds alike is written alike."""
    assert " ".join(language().tokens(text)) == tokens


def test_phrases_are_told_apart_by_their_lists() -> None:
    """Each is found under the name of its list, in order of its start, once."""
    lexicon = Lexicon(language(), [("a", "red|hot red", GAP), ("none", "", GAP), ("b", "red knee|knee", GAP)])
    assert lexicon.find(language().tokens("hot red knee")) == [
        Mention("a", 0, 2), Mention("a", 1, 2), Mention("b", 1, 3), Mention("b", 2, 3),
    ]  # fmt: skip


def test_spans_hold_and_meet_by_their_tokens() -> None:
    """One holds another that lies within it, ends included; they meet where they share a token."""
    span = Mention("x", 2, 5)
    assert [span.holds(Mention("y", *ends)) for ends in ((2, 5), (3, 4), (1, 3), (4, 6))] == [True, True, False, False]
    assert [span.meets(Mention("y", *ends)) for ends in ((0, 2), (0, 3), (4, 6), (5, 6))] == [False, True, True, False]
    assert span.length == 3
