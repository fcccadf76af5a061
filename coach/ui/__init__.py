"""The terminal UI; nothing else in coach imports Textual.

**To add a screen**

1. Write ``coach/ui/screens/NAME.py`` with a class that extends ``coach.ui.screen.PageScreen`` (a page of lines) or
   ``CoachScreen`` (widgets of your own), and ``NAME.tcss`` beside it only where it needs one (``CSS_PATH``)::

       class IceScreen(PageScreen):
           NAME = "ice"                       # its area in the catalogue; the title is the sentence "ice.title"
           OFFERS = (Command("start-ice", "enter", area="ice"),)

           def lines(self, width: int, height: int) -> list[Content]:
               return [styled(self.words("ice.now"), "strong")]

           def action_start_ice(self) -> None:
               start_ice(self.home, 15, self.now())
               self.redraw()                  # draws again only where lines differ

2. Register it in ``coach.ui.navigator.SCREENS``: ``"ice": "coach.ui.screens.ice:IceScreen"`` (imported when first
   opened), and, to reach it from anywhere, add a row to ``coach.ui.commands.GLOBAL``.
3. A command's name and tooltip are the sentences ``AREA.command.ID.name`` and ``.tip``; keys, footer, palette and help
   all come from the same row. The action of ``start-ice`` is ``action_start_ice`` of the screen. A command that
   cannot be used now is refused by ``check_action``, and then is in no footer.
4. Open it with ``self.app.go("ice")`` (or ``go("learn", page="ice")``: keyword arguments reach the constructor);
   ``self.app.back()`` leaves it. Today lies under all others; what lies over it is made anew when the language changes:
   what must outlive that is returned by ``again()`` as constructor arguments.
5. What a person must know is said by ``self.say(text)`` (a docked line, there until the next key), never in a toast or
   a tooltip. A person's text goes through ``coach.ui.text.wrap`` or ``shown``. Draw with characters of unambiguous
   width (``coach.ui.text``): no box-drawing lines, no ``●■→``.
"""

import gc
import os
import shutil
from typing import Any

from coach.home import Home
from coach.without import without


def run(home: Home, language: str | None, opens: tuple[str, dict[str, Any]] | None = None) -> int:
    """Open the UI, with the screen ``opens`` (name and arguments) over Today, and return the exit status."""
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # we need none of it, and it eats Japanese in one terminal
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a screen opens in two or three paints, and waits a tick before each
    gc.disable()  # while starting nothing is thrown away; each look through all that was imported costs for nothing
    with without("ssl"):
        from coach.ui.app import CoachApp
    from coach.ui.hangup import end_with_the_terminal

    end_with_the_terminal()
    app = CoachApp(home, language, opens)
    # where a terminal tells no size, Rich and Textual guess differently, and the screen was laid out in both for ever
    app.console.size = shutil.get_terminal_size()
    # nothing is said in a toast or a tooltip: each screen would carry a widget for them, and be laid out twice
    app._disable_notifications = app._disable_tooltips = True  # noqa: SLF001 -- there is no other way to tell it
    app.reminds = True
    try:
        app.run()
    finally:
        app.end_reminders()
    return app.return_code or 0
