"""Whom to call or see, by region: types that ``routines/care-lines.toml`` fills."""

import msgspec

from coach.domain.guidance import Localized
from coach.domain.triage.levels import Advice


class CareLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to call or see for one level of advice in one region."""

    advice: Advice
    number: str | None = None
    """What to dial, as dialled; None where there is no number to give."""
    text: Localized
    """One or two sentences that can be read aloud; ``{number}`` is the number."""


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The care-lines of one region (``routines/care-lines.toml``)."""

    id: str
    name: Localized
    codes: tuple[str, ...]
    """The region codes of a profile that mean this region."""
    emergency: str | None = None
    """The number of the ambulance; None: nobody knows it here."""
    lines: tuple[CareLine, ...]
    source: tuple[str, ...]
