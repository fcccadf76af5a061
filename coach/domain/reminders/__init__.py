"""When reminders are due: settings, slots, what is due, held or missed and why, and how often to remind."""
