"""Short soft tones, one form for each kind of milestone, made when first needed."""

import io
import math
import struct
import wave
from collections.abc import Mapping

from coach.words.guide import Kind

RATE = 22_050
NOTE_S = 0.28
LOUDNESS = 0.28
NOTES: Mapping[Kind, tuple[float, ...]] = {
    "begin": (392.0, 523.3),
    "in": (392.0,),
    "hold": (523.3,),
    "half": (659.3,),
    "out": (440.0,),
    "rest": (349.2,),
    "change": (523.3, 392.0),
    "end": (523.3, 440.0, 349.2),
    "pause": (349.2, 349.2),
}
"""Hertz, one note after the other: rising begins, falling ends, two equal ones pause."""


def tone(kind: Kind) -> bytes:
    """Return the tone of a milestone as a WAV file."""
    frames = b"".join(_note(pitch) for pitch in NOTES[kind])
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return out.getvalue()


def _note(pitch: float) -> bytes:
    """Return one note that swells quickly and fades slowly, with a little of its octave."""
    count = int(RATE * NOTE_S)
    samples = []
    for index in range(count):
        share = index / count
        swell = min(share / 0.06, 1.0) * (1.0 - share) ** 1.6
        turn = math.tau * pitch * index / RATE
        samples.append(round(32_000 * LOUDNESS * swell * (math.sin(turn) + 0.2 * math.sin(2 * turn)) / 1.2))
    return struct.pack(f"<{count}h", *samples)
