"""The voice never blocks, never stays behind, and falls back to the bell."""

import io
import os
import stat
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import SessionRun
from coach.home import Home
from coach.voice import Tones, Voice
from coach.voice import programs as programs_of_the_machine
from coach.voice.programs import Child, player, speaker
from coach.voice.tones import NOTES, tone
from coach.words import Words
from coach.words.guide import Kind

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def stand_in(folder: Path, name: str, script: str) -> None:
    """Put a program called ``name`` first on the path."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that, with the shell's own, is all of the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return folder


def wait_for(true: Callable[[], object]) -> None:
    """Wait until ``true``."""
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def speaking(home: Home, rung: list[bool], **settings: object) -> Voice:
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, voice=True, **settings))
    return Voice(Words("en"), home, bell=lambda: rung.append(True))


def a_run(home: Home) -> SessionRun:
    return SessionRun.of([Step("seated-toe-pull", "right", 20, 1)], home.content.stretches).start(0.0)


def test_every_kind_of_milestone_sounds_different() -> None:
    """Begin, hold, half, change and end are told apart by ear, and each is a sound file that plays."""
    sounds = {kind: tone(kind) for kind in NOTES}
    assert len(set(sounds.values())) == len(sounds)
    for data in sounds.values():
        with wave.open(io.BytesIO(data)) as file:
            assert 0.2 < file.getnframes() / file.getframerate() < 1.5


def test_a_slow_voice_does_not_hold_up_the_session_and_ends_with_it(home: Home, programs: Path, tmp_path: Path) -> None:
    """A program that would speak for minutes is started, left alone, and ended by its id on leaving."""
    note = tmp_path / "pid"
    stand_in(programs, "espeak-ng", f"cat > {tmp_path}/said; echo $$ > {note}; exec sleep 600")
    voice = speaking(home, [], sound=False)
    voice.follow(a_run(home), 0.0)
    wait_for(lambda: note.exists() and note.read_text().strip())
    pid = int(note.read_text())
    os.kill(pid, 0)
    assert "Seated toe pull" in (tmp_path / "said").read_text()
    voice.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_whole_position_is_spoken_before_the_clock_runs(home: Home, programs: Path, tmp_path: Path) -> None:
    """The five seconds of getting ready are too short for it: a new sentence takes the place of the one before."""
    stand_in(programs, "espeak-ng", f"cat > {tmp_path}/saying; mv {tmp_path}/saying {tmp_path}/said")
    voice = speaking(home, [], sound=False)
    voice.introduce("seated-toe-pull")
    deadline = time.monotonic() + 5
    while not (tmp_path / "said").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    said = (tmp_path / "said").read_text()
    assert said.startswith(Words("en")("session.intro.stop-for"))
    assert all(how["en"] in said for how in home.content.stretches["seated-toe-pull"].how)
    voice.close()


def test_words_that_look_like_options_are_only_spoken(home: Home, programs: Path, tmp_path: Path) -> None:
    """What is said goes in by the pipe, so that no stretch's name can be an option or a command."""
    stand_in(programs, "espeak-ng", f'echo "$@" > {tmp_path}/options; cat > /dev/null')
    voice = speaking(home, [], sound=False)
    voice.follow(a_run(home), 0.0)
    options = tmp_path / "options"
    wait_for(lambda: options.exists() and options.read_text().endswith("\n"))
    assert "toe" not in options.read_text()
    voice.close()


def test_where_no_sound_can_be_played_the_bell_rings(
    home: Home, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The least is one bell at each milestone."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    rung: list[bool] = []
    voice = speaking(home, rung)
    voice.follow(a_run(home), 0.0)
    assert rung == [True]


def test_a_player_that_fails_is_not_trusted_again(home: Home, programs: Path) -> None:
    """A machine without a sound card rings the bell from the second milestone on."""
    stand_in(programs, "pw-play", "exit 1")
    rung: list[bool] = []
    tones = Tones(home, bell=lambda: rung.append(True))
    tones.sound("begin")
    wait_for(lambda: not tones.works())
    tones.sound("hold")
    assert rung == [True]


def test_a_voice_that_gives_no_sound_is_told_once(home: Home, programs: Path) -> None:
    """A machine without a sound card says so, and goes on in silence."""
    stand_in(programs, "espeak-ng", "exit 1")
    voice = speaking(home, [], sound=False)
    run = a_run(home)
    wait_for(lambda: voice.follow(run, 0.0))
    assert voice.follow(run, 0.0) is None
    assert not voice.speaks


def test_silence_is_silent(home: Home, programs: Path) -> None:
    """With sound and voice off nothing is started and no bell rings."""
    stand_in(programs, "espeak-ng", "exec sleep 600")
    stand_in(programs, "pw-play", "exec sleep 600")
    rung: list[bool] = []
    voice = speaking(home, rung, sound=False)
    voice.speaks = False
    voice.follow(a_run(home), 0.0)
    assert not rung
    assert [child._process for child in (voice._speech, voice._tones._child)] == [None, None]


def test_the_key_says_whether_there_is_a_voice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without one the answer says what would give it one."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert speaking(home, []).turn() == "session.said.no-voice"


def test_turned_off_it_is_silent_at_once(home: Home, programs: Path, tmp_path: Path) -> None:
    """Not at the end of its sentence; turned on again, it waits for what is to be said next."""
    note = tmp_path / "pid"
    stand_in(programs, "espeak-ng", f"echo $$ > {note}; exec sleep 600")
    voice = speaking(home, [], sound=False)
    voice.follow(a_run(home), 0.0)
    wait_for(lambda: note.exists() and note.read_text().strip())
    assert voice.turn() == "session.said.voice-off"
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
    note.unlink()
    assert voice.turn() == "session.said.voice-on"
    assert voice._speech._process is None


class Deaf:
    """A program that does not end when it is told to."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.killed = False

    def poll(self) -> None:
        """Run on."""

    def terminate(self) -> None:
        """Run on."""

    def kill(self) -> None:
        self.killed = True

    def wait(self, seconds: float = 0.0) -> None:
        self.waited.append(seconds)
        if not self.killed:
            raise subprocess.TimeoutExpired("deaf", seconds)


def test_a_deaf_program_holds_nobody_up() -> None:
    """A session ends when it is told to: a fifth of a second later at most."""
    child, deaf = Child(), Deaf()
    child._process = deaf  # type: ignore[assignment]
    child.end()
    assert deaf.killed
    assert sum(deaf.waited) == pytest.approx(0.2, abs=0.1)


def test_tones_are_readable_by_their_owner_alone(home: Home, programs: Path) -> None:
    """What the program writes for itself is private like everything else."""
    stand_in(programs, "pw-play", "exit 0")
    Tones(home, bell=lambda: None).sound("begin")
    (file,) = (home.places.cache / "tones").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", NOTES)
def test_a_tone_has_its_pitches_and_is_soft(kind: Kind) -> None:
    """Each note goes up through nought as often as its pitch says; none is louder than what `LOUDNESS` says."""
    with wave.open(io.BytesIO(tone(kind))) as file:
        rate, frames = file.getframerate(), file.readframes(file.getnframes())
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    assert 0.15 * 32_768 < max(map(abs, samples)) < 0.28 * 32_768
    each = len(samples) // len(NOTES[kind])
    for number, pitch in enumerate(NOTES[kind]):
        note = samples[number * each : (number + 1) * each]
        rising = sum(before < 0 <= after for before, after in pairwise(note))
        assert rising / each * rate == pytest.approx(pitch, rel=0.03)
        assert max(map(abs, note[-each // 20 :])) < 0.1 * max(map(abs, note)), "it fades, and ends in no click"


@pytest.mark.parametrize(
    ("system", "there", "speaks", "plays"),
    [
        ("darwin", {"say", "afplay"}, "say", "afplay"), ("darwin", {"espeak"}, "espeak", None),
        ("linux", {"say", "espeak", "espeak-ng", "aplay", "paplay"}, "espeak-ng", "paplay"),
        ("linux", {"say"}, None, None), ("linux", {"powershell"}, None, None),
        ("win32", {"powershell"}, "powershell", "powershell"), ("win32", set(), None, None),
    ],
)  # fmt: skip
def test_each_system_speaks_and_plays_by_its_own_programs(
    monkeypatch: pytest.MonkeyPatch, system: str, there: set[str], speaks: str | None, plays: str | None
) -> None:
    """What is called `say` on another system is some other program."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
    spoken, played = speaker("ja"), player()
    assert (spoken and spoken[0], played and played[0]) == (speaks, plays)
    assert not spoken or speaks != "say" or "Kyoko" in spoken


def test_a_program_that_cannot_start_is_not_trusted_again(programs: Path) -> None:
    """No session is held up by trying it at every milestone."""
    child = Child()
    assert child.works()
    child.start((str(programs / "nothing"),))
    assert not child.works()


def test_a_sentence_is_ended_by_the_next_and_a_deaf_program_too(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One voice at a time; a program that will not hear is not left behind either."""
    runs_on = "while :; do sleep 0.01; done"
    ended = f"trap 'echo ended > {tmp_path}/ended; exit 0' TERM"
    stand_in(programs, "polite", f"{ended}\necho $$ > {tmp_path}/polite\n{runs_on}")
    stand_in(programs, "deaf", f"trap '' TERM\necho $$ > {tmp_path}/deaf\n{runs_on}")
    child = Child()
    child.start((str(programs / "polite"),))
    wait_for((tmp_path / "polite").exists)
    monkeypatch.setattr(programs_of_the_machine, "LEAVE_S", 60.0)  # a busy machine takes its time
    child.start((str(programs / "deaf"),))
    assert (tmp_path / "ended").exists()
    monkeypatch.setattr(programs_of_the_machine, "LEAVE_S", 0.05)
    wait_for(lambda: (tmp_path / "deaf").exists() and (tmp_path / "deaf").read_text())
    number = int((tmp_path / "deaf").read_text())
    child.end()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
