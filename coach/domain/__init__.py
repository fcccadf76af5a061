"""The pure part: answers in, decisions and plans out. No clock, no file, no sentence for a person."""
