"""The screens, each imported when it is first opened (``coach.ui.app.SCREENS``)."""
