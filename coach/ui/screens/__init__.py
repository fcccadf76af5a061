"""The screens, each imported when it is first opened (``coach.ui.navigator.SCREENS``)."""
