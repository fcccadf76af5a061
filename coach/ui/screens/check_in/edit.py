"""The screen on which a check-in of the diary is changed: all questions, with its answers filled in."""

from typing import Any, ClassVar

from msgspec.structs import replace

from coach.actions import diary
from coach.actions.triage.check_in import CheckInBasis, NewAnswers
from coach.domain.status.history import CheckIn
from coach.ui.screens.check_in.draft import Draft, changes_of, values_of
from coach.ui.screens.check_in.screen import CheckInScreen


class EditCheckInScreen(CheckInScreen):
    """What was answered then, of any age, to be changed; only what is changed is kept."""

    NAME = "edit-check-in"
    HINT: ClassVar[str] = "day.hint"

    def __init__(self, entry_id: str, stage: str = "", draft: Draft | None = None) -> None:
        """Change an entry, or go on with ``draft`` in another language."""
        super().__init__(stage, draft)
        self._entry_id = entry_id
        self._before = Draft().values
        """What the entry answered before."""

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        self._draft.read(self.form)
        return {"entry_id": self._entry_id, "stage": self._stage, "draft": self._draft}

    def _read_basis(self) -> CheckInBasis:
        """Read what was known before, and begin with the answers of the entry."""
        basis = super()._read_basis()
        entry = diary.find(self.home, self._entry_id)
        assert isinstance(entry, CheckIn)  # nothing else can be changed
        self._before = values_of(entry)
        if not self._stage:
            self._stage, self._draft.values = "all", values_of(entry)
        return replace(basis, corrects=entry)

    @property
    def _now_and_new(self) -> bool:
        return False

    def heading(self) -> tuple[str, str]:
        """Return that an entry is changed."""
        return self.words("checkin.editing"), ""

    def begin(self) -> None:
        """Begin with the number: a change is most often one of it."""
        super().begin()
        self.call_after_refresh(self.focus_field, self._questions.first_number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse another day: an entry stays that of its own."""
        return action != "other_day" and super().check_action(action, parameters)

    def answers(self) -> NewAnswers:
        """Return what was changed."""
        new, _ = changes_of(self._before, self._draft.values, self.background)
        return self._draft.with_own_words(new, self.home.content)

    def _save(self) -> None:
        new, taken_back = self.answers(), changes_of(self._before, self._draft.values, self.background)[1]
        if new == NewAnswers() and not taken_back:
            self.app.back()
            return
        changed = self.attempt(lambda: diary.edit(self.home, self._entry_id, new, taken_back, self.now()))
        if changed is not None:
            self.after_change(changed.status, self.words("day.changed"))
