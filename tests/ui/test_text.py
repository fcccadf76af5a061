"""Lines of text: widths, wrapping by the rules of Japanese, and letters that a terminal must not obey."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from coach.ui.text import NO_BEGIN, columns, fit, spread, wrap, wrap_text
from coach.words.shown import shown

JAPANESE = "歩くと膝の裏が「痛む」ので、NHS 111に電話しました。今日は(ゆっくり)ストレッチをしましょう!"


@given(st.text(max_size=200), st.integers(4, 60))
@example(" 0000000000\x80", 7)
@example(" 1234567", 7)
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    """Nothing is lost but spaces at a break, and no line is wider than it may be."""
    text = shown(text)
    lines = wrap_text(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(st.integers(8, 90))
def test_no_line_begins_with_a_closing_mark(width: int) -> None:
    """Kinsoku: 。、」) and small letters stay with what they close."""
    lines = wrap_text(JAPANESE, width)
    assert not [line for line in lines if line[:1] in NO_BEGIN]
    assert not [line for line in lines[:-1] if line[-1:] in "「("]


def test_latin_words_stay_whole_beside_japanese() -> None:
    """A fold comes between letters of Japanese, not within NHS."""
    assert any("NHS" in line for line in wrap_text(JAPANESE, 24))


def test_a_word_longer_than_a_line_is_folded_at_the_edge() -> None:
    """A long address does not push the page apart."""
    assert wrap_text("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_control_characters_are_signs() -> None:
    """An escape sequence in a note shows as letters; line breaks are kept."""
    assert [line.plain for line in wrap("a\x1b[31mb\nc\x07", 20)] == ["a␛[31mb", "c␇"]


def test_fit_cuts_wide_letters_to_the_cell() -> None:
    """Half a Japanese letter is never drawn: the cell is left blank."""
    for width in range(3, 20):
        assert cell_len(fit("膝の裏が痛む", width)) == width


def test_spread_leaves_out_what_has_no_room() -> None:
    """The right end goes first; the left is never cut for it."""
    left, right = wrap("Today", 20)[0], wrap("Mon 23 Nov", 20)[0]
    assert spread(left, right, 30).cell_length == 30
    assert spread(left, right, 12).plain == "Today"


def test_columns_begin_where_they_should() -> None:
    """The second block stands at one edge, whatever the letters of the first."""
    lines = columns(wrap("膝\nknee", 10), wrap("a\nb", 10), 10, 2)
    assert [line.cell_length for line in lines] == [13, 13]


@given(st.integers(16, 90))
def test_a_japanese_word_stays_whole_as_far_as_its_letters_tell(width: int) -> None:
    """整形外科, ストレッチ and 10点中 are each read in one piece."""
    text = "専門家に相談するなら整形外科へ。今日は10点中2点なので、メニューはストレッチをいつもどおりに。"
    lines = "\n".join(wrap_text(text, width))
    for word in ("専門家", "整形外科", "10点中", "2点", "メニュー", "ストレッチ"):
        assert word in lines


@given(st.integers(16, 90))
def test_no_letter_is_left_alone_on_the_last_line(width: int) -> None:
    """A page does not end in す。"""
    assert cell_len(wrap_text("いつもどおりに、ゆっくりとからだをのばしてみましょう。" * 2, width)[-1]) >= 6
