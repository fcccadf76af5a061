"""A moment as records hold it."""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A date and time with its offset: one without could be compared with none that has one."""
